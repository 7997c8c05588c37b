"""What a supervisor, a proxy and Prometheus ask: /healthz, /readyz and /metrics, straight on ASGI.

No page thread takes part, so that a full queue of pages doesn't make a busy process look dead. The database is asked
in a thread of its own, once however many ask, and nobody waits for it longer than PATIENCE.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from redis import Redis

from lms.web import figures

PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
PATIENCE = 3.0  # seconds
FRESH = 1.0  # seconds that a look serves further askers
FORWARDED = frozenset({b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via"})
Question = Callable[[], str]  # "" if all is well, else what is wrong, in words without names and addresses
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    name: str
    needed: bool  # False: a warning, this process can do its work without it
    question: Question


checks: dict[str, Check] = {}


def check(name: str, *, needed: bool) -> Callable[[Question], Question]:
    """Register a question that /readyz asks."""

    def register(question: Question) -> Question:
        checks[name] = Check(name, needed, question)
        return question

    return register


async def health_application(scope: dict[str, Any], receive: Any, send: Any) -> None:  # noqa: ARG001  # ASGI's signature
    path = scope["path"]
    if scope["method"] not in ("GET", "HEAD"):
        await _answer(send, 405, b"only GET\n")
    elif path == "/healthz":
        await _answer(send, 200, b"ok\n")
    elif not may_look(scope):
        await _answer(send, 403, b"only from this machine or network, or with METRICS_TOKEN\n")
    elif path == "/readyz":
        found = await _probe.look()
        bad = [name for name, words in found.items() if words and (name not in checks or checks[name].needed)]
        body = {"ready": not bad, "checks": {name: words or "ok" for name, words in found.items()}}
        await _answer(send, 503 if bad else 200, json.dumps(body).encode() + b"\n", b"application/json")
    else:
        await _probe.look()
        await _answer(send, 200, figures.as_text(), figures.CONTENT_TYPE.encode())


def may_look(scope: dict[str, Any]) -> bool:
    """Who holds the token, or sits on this machine or its private network and didn't come through the proxy."""
    headers = dict(scope["headers"])
    given = headers.get(b"authorization", b"")
    if settings.METRICS_TOKEN and hmac.compare_digest(given, b"Bearer " + settings.METRICS_TOKEN.encode()):
        return True
    if FORWARDED & headers.keys():
        return False
    client = scope.get("client")
    if client is None or not client[0]:  # a Unix socket
        return True
    try:
        address = ip_address(client[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_private


class Probe:
    """Asks every question in its one thread."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="health")
        self.under_way: asyncio.Future[dict[str, str]] | None = None
        self.looked_at, self.found = float("-inf"), dict[str, str]()

    async def look(self) -> dict[str, str]:
        """What is wrong, by name of the check; the database is to blame if no answer comes in time."""
        loop = asyncio.get_running_loop()
        if loop.time() - self.looked_at < FRESH:
            return self.found
        if self.under_way is None or self.under_way.done() or self.under_way.get_loop() is not loop:
            self.under_way = loop.run_in_executor(self.pool, _ask_all)
        done, _ = await asyncio.wait({self.under_way}, timeout=PATIENCE)
        if not done:
            return {"database": f"no answer within {PATIENCE:.0f} s"}
        self.looked_at, self.found = loop.time(), self.under_way.result()
        return self.found


def _ask_all() -> dict[str, str]:
    found = {}
    try:
        for one in list(checks.values()):
            found[one.name] = _ask(one)
            figures.ready.labels(one.name).set(not found[one.name])
    finally:
        connections.close_all()  # back to the pool; a dead one is not kept
    return found


def _ask(one: Check) -> str:
    try:
        return one.question()
    except Exception as error:
        log.warning("the check %s failed: %s", one.name, type(error).__name__)
        return f"failed: {type(error).__name__}"


@check("database", needed=True)
def _database_answers() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


_migrated = False


@check("migrations", needed=True)
def _migrations_are_applied() -> str:
    """Once they are they stay: this process's own don't change."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "" if _migrated else "not all are applied"


@check("redis", needed=False)
def _redis_answers() -> str:
    """Only a warning: answers don't need it, and boards follow the database until it is back."""
    if settings.REDIS_URL:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as redis:
            redis.ping()
    return ""


async def _answer(send: Any, status: int, body: bytes, kind: bytes = b"text/plain") -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


_probe = Probe()
