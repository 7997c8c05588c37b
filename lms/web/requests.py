"""Around every request and socket: its number, its line in production, its figures."""

import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from django.conf import settings

from lms.web import figures, logs
from lms.web.health import PATHS

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]

HEADER = b"x-request-id"
ANSWERS = "/live/answer/"  # thousands a second at the round's end: those that went well are counted, not written
log = logging.getLogger("benhoc.requests")
_GOOD_ID = re.compile(rb"[\w-]{8,64}")


def numbered(application: Application) -> Application:
    """`application`, with a number for each request: the proxy's if it is a good one, else a new one."""

    async def respond(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await application(scope, receive, send)
            return
        number = _number_of(scope)
        others = [(name, value) for name, value in scope["headers"] if name != HEADER]
        scope = scope | {"headers": [*others, (HEADER, number)]}
        with logs.under(number.decode()):
            if scope["type"] == "http":
                await _answer(application, scope, receive, send)
            else:
                await _hold(application, scope, receive, send)

    return respond


def _number_of(scope: Scope) -> bytes:
    given: bytes = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return given if _GOOD_ID.fullmatch(given) else secrets.token_hex(6).encode()


async def _answer(application: Application, scope: Scope, receive: Any, send: Any) -> None:
    begun, status = time.monotonic(), 500

    async def send_numbered(message: dict[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
            if all(name != HEADER for name, _ in headers):
                message = message | {"headers": [*headers, (HEADER, scope["headers"][-1][1])]}
        await send(message)

    try:
        await application(scope, receive, send_numbered)
    finally:
        _note(scope, status, time.monotonic() - begun)


def _note(scope: Scope, status: int, seconds: float) -> None:
    path, door = scope["path"], _door(scope["path"])
    _requests(door, status // 100).inc()
    if door == "page":
        figures.page_seconds.observe(seconds)
    quiet = door == "health" or path == ANSWERS
    if settings.LOG_REQUESTS and (status >= 400 or not quiet):
        fields = {"method": scope["method"], "path": logs.without_keys(path), "status": status}
        log.info("request", extra={"fields": fields | {"ms": round(seconds * 1000, 1)}})


async def _hold(application: Application, scope: Scope, receive: Any, send: Any) -> None:
    begun = time.monotonic()
    try:
        await application(scope, receive, send)
    finally:
        if settings.LOG_REQUESTS:
            log.info("socket", extra={"fields": {"path": scope["path"], "s": round(time.monotonic() - begun, 1)}})


def _door(path: str) -> str:
    return "live" if path.startswith("/live/") else "health" if path in PATHS else "page"


@cache
def _requests(door: str, hundreds: int) -> Any:
    return figures.requests.labels(door, f"{hundreds}xx")
