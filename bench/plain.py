"""The same Django under its own ASGI handler, as it is usually run: what `bench pages` compares with."""

from typing import Any

from django.core.asgi import get_asgi_application

_django = get_asgi_application()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await _django(scope, receive, send)
    elif scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
