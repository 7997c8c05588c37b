"""Log lines: JSON in production, readable elsewhere; each with the number of its request, none with a person in it.

Code logs as ever (`log.warning("… %s", id)`); `extra={"fields": {…}}` adds fields to a line. Lines hold ids only. As
libraries may quote what they choke on, telephone numbers, addresses of mail and the details of PostgreSQL's errors
are cut out of production's lines.
"""

import re
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

Event = MutableMapping[str, Any]

current_id: ContextVar[str] = ContextVar("request_id", default="-")
_PERSONAL = [
    (re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)"), "<phone>"),
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "<number>"),  # of an identity card
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "<mail>"),
    (re.compile(r"(DETAIL|CONTEXT): .*"), r"\1: <left out>"),  # PostgreSQL quotes the row
]
_KEYS_IN_PATHS = re.compile(r"(/key/)[^/]+|(/)[^/]{40,}(?=/|$)")


@contextmanager
def under(number: str) -> Iterator[None]:
    """What is logged meanwhile carries this number."""
    before = current_id.set(number)
    try:
        yield
    finally:
        current_id.reset(before)


def without_keys(path: str) -> str:
    """`path` as it may stand in a log: what is long enough to be a key opens something."""
    return _KEYS_IN_PATHS.sub(lambda found: f"{found[1] or found[2]}…", path)


def without_people(text: str) -> str:
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    return text


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """For LOGGING. Uvicorn's lines go the same way; its own line a request is ours (lms.web.requests)."""
    lines: list[Any] = [_number, structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _fields]
    if as_json:
        ends: list[Any] = [structlog.processors.format_exc_info, _clean, structlog.processors.JSONRenderer()]
        lines.append(structlog.processors.TimeStamper(fmt="iso", utc=True))
    else:
        ends = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
        lines.append(structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False))
    ends.insert(0, structlog.stdlib.ProcessorFormatter.remove_processors_meta)
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": ends, "foreign_pre_chain": lines}
    silent = {"handlers": [], "propagate": False}
    passed_on = {"handlers": [], "propagate": True}
    servers = passed_on | {"level": "WARNING"}  # below that it writes each socket's address with its token
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": passed_on,
            "django.request": {"level": "ERROR"},  # 4xx have their line already
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners, all day long
            "uvicorn": servers,
            "uvicorn.error": servers,
            "uvicorn.access": silent,
            "django_tasks_db": {"level": "WARNING"},
        },
    }


def _number(_logger: Any, _method: str, event: Event) -> Event:
    event["request"] = current_id.get()
    return event


def _fields(_logger: Any, _method: str, event: Event) -> Event:
    event.update(getattr(event.get("_record"), "fields", {}))
    return event


def _clean(_logger: Any, _method: str, event: Event) -> Event:
    for name in ("event", "exception"):
        if name in event:
            event[name] = without_people(str(event[name]))
    return event
