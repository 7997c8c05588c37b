"""The one process: pages through WSGI on threads; sockets and answers on ASGI; the clock and the tasks beside them."""

import asyncio
import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.template.loader import render_to_string
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.development")
_django = get_wsgi_application()

from lms.tick.threads import Threads  # noqa: E402  # needs the apps that the line above has set up
from lms.web import figures  # noqa: E402  # the same
from lms.web.bridge import Bridge, Receive, Scope, Send  # noqa: E402  # the same
from lms.web.gate import Entrance, Gate  # noqa: E402  # the same
from lms.web.health import PATHS, health_application  # noqa: E402  # the same
from lms.web.line import Line  # noqa: E402  # the same
from lms.web.requests import Application, numbered  # noqa: E402  # the same
from lms.web.waiting import words  # noqa: E402  # the same
from quizzes.live.routing import http_application, websocket_application  # noqa: E402  # the same

# What a whole province opens in the same minute: docs/decisions/0031.
ENTRANCES = (
    Entrance(r"/account/login/", "GET", has_form=True),
    Entrance(r"/account/login/", "POST"),
    Entrance(r"/join/", "GET", has_form=True),
    Entrance(r"/join/", "POST"),
    Entrance(r"/contests/[-\w]+/start/", "POST", repeat=True),
)

with translation.override(settings.LANGUAGE_CODE):
    _refusal = render_to_string("busy.html").encode()
bridge = Bridge(
    _django,
    threads=settings.PAGE_THREADS,
    queue=settings.PAGE_QUEUE,
    refusal=_refusal,
    after=close_old_connections,
    uploads=("/cms/",),
    urgent=("/attempts/",),
)
line = Line(at_once=settings.PAGE_ENTRANCES)
pages = Gate(bridge, line, ENTRANCES, words(), secure=settings.SESSION_COOKIE_SECURE)
figures.page_queue.set_function(lambda: max(0, bridge.busy - settings.PAGE_THREADS))
figures.rush_waiting.labels("entrance").set_function(lambda: len(line))


@numbered
async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await _door(scope["path"])(scope, receive, send)
    elif scope["type"] == "websocket":
        await websocket_application(scope, receive, send)
    else:
        await _lifespan(receive, send)


def _door(path: str) -> Application:
    if path.startswith("/live/"):
        return http_application
    return health_application if path in PATHS else pages


async def _lifespan(receive: Receive, send: Send) -> None:
    """Start the threads with the server and join them before it ends."""
    await receive()
    threads = Threads() if settings.EMBEDDED_THREADS else None
    try:
        if threads:
            threads.start()
        _settle_memory()
    except Exception as error:  # unsaid, uvicorn would go on without the threads
        await send({"type": "lifespan.startup.failed", "message": repr(error)})
        raise
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if threads:
        await asyncio.to_thread(threads.stop)
    await send({"type": "lifespan.shutdown.complete"})


def _settle_memory() -> None:
    """Code and settings never die: full collections of them stalled open sockets for up to 512 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 1000)
