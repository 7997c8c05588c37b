"""A silent socket of each attempt page: when it breaks, the page knows that the network or the server is gone."""

import asyncio
from typing import Any

from quizzes.live.ticket import read_ticket

PATIENCE = 10.0  # seconds in which the page must show its ticket
NOT_OURS = 4403


async def pulse_application(scope: dict[str, Any], receive: Any, send: Any) -> None:  # noqa: ARG001  # ASGI's signature
    await receive()
    await send({"type": "websocket.accept"})
    if not await _shows_ticket(receive):
        await send({"type": "websocket.close", "code": NOT_OURS})
        return
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        await send({"type": "websocket.send", "text": ""})  # the page asks now and then whether we are still there


async def _shows_ticket(receive: Any) -> bool:
    try:
        message = await asyncio.wait_for(receive(), PATIENCE)
    except TimeoutError:
        return False
    return read_ticket(message.get("text") or "") is not None
