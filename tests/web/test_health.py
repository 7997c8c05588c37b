"""/healthz, /readyz and /metrics, called as the server calls them: who may look, what they say when things break."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lms.tick.actions import give_sign
from lms.web import health
from lms.web.health import Probe, health_application, may_look

HERE, NETWORK, OUTSIDE = ("127.0.0.1", 1), ("172.18.0.5", 1), ("27.64.0.9", 1)
PROXY = (b"x-forwarded-for", b"27.64.0.9")


@pytest.fixture(autouse=True)
def _new_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_probe", Probe())


def scope_of(path: str, client: Any = HERE, *headers: tuple[bytes, bytes], method: str = "GET") -> dict[str, Any]:
    return {"type": "http", "method": method, "path": path, "client": client, "headers": list(headers)}


def call(path: str, client: Any = HERE, *headers: tuple[bytes, bytes], method: str = "GET") -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(health_application(scope_of(path, client, *headers, method=method), None, send))
    return sent[0]["status"], sent[1]["body"]


def checks_of(body: bytes) -> dict[str, str]:
    return dict(json.loads(body)["checks"])


@pytest.mark.parametrize("path", sorted(health.PATHS))
@pytest.mark.parametrize(("client", "headers"), [(OUTSIDE, []), (HERE, [PROXY]), (NETWORK, [PROXY])])
def test_from_outside_one_learns_only_that_it_lives(path: str, client: Any, headers: Any) -> None:
    assert call(path, client, *headers)[0] == (200 if path == "/healthz" else 403)


@pytest.mark.parametrize(
    ("client", "headers", "allowed"),
    [
        (HERE, [], True),
        (NETWORK, [], True),
        (("::1", 1), [], True),
        (None, [], True),
        (OUTSIDE, [], False),
        (OUTSIDE, [(b"authorization", b"Bearer right")], True),
        (HERE, [PROXY, (b"authorization", b"Bearer right")], True),
        (OUTSIDE, [(b"authorization", b"Bearer wrong")], False),
        (("testclient", 1), [], False),
    ],
)
def test_who_may_look(client: Any, headers: Any, allowed: bool, settings: Any) -> None:
    settings.METRICS_TOKEN = "right"

    assert may_look(scope_of("/metrics", client, *headers)) is allowed


def test_without_a_token_set_no_token_opens(settings: Any) -> None:
    settings.METRICS_TOKEN = ""

    assert not may_look(scope_of("/metrics", OUTSIDE, (b"authorization", b"Bearer ")))


def test_only_reading() -> None:
    assert call("/readyz", method="POST")[0] == 405


def test_ready_with_database_and_migrations_and_a_living_worker(real_db: None) -> None:
    now = datetime.now(UTC)
    give_sign("one", now=now, expired=now - timedelta(seconds=15))

    status, body = call("/readyz")

    assert (status, json.loads(body)["ready"]) == (200, True)
    assert checks_of(body) == {"database": "ok", "migrations": "ok", "redis": "ok", "worker": "ok"}


def test_a_silent_worker_is_a_warning_and_no_reason_to_take_the_process_out(real_db: None) -> None:
    early = datetime.now(UTC) - timedelta(minutes=2)
    give_sign("one", now=early, expired=early - timedelta(seconds=15))

    status, body = call("/readyz")

    assert (status, json.loads(body)["ready"]) == (200, True)
    assert checks_of(body)["worker"].startswith("the worker has been silent for 12")


def test_a_missing_need_takes_the_process_out(real_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = health.Check("database", needed=True, question=lambda: "does not answer")
    monkeypatch.setitem(health.checks, "database", broken)

    status, body = call("/readyz")

    assert (status, json.loads(body)["ready"], checks_of(body)["database"]) == (503, False, "does not answer")


def test_an_error_in_a_check_shows_its_kind_and_not_its_words(real_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise LookupError("secret words")

    monkeypatch.setitem(health.checks, "database", health.Check("database", needed=True, question=fail))

    assert checks_of(call("/readyz")[1])["database"] == "failed: LookupError"
    assert b'benhoc_ready{check="database"} 0.0' in call("/metrics")[1]


def test_a_database_that_hangs_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    monkeypatch.setattr(health, "checks", {"database": health.Check("database", needed=True, question=_hang)})

    status, body = call("/readyz")
    assert (status, "no answer" in checks_of(body)["database"]) == (503, True)
    assert call("/healthz") == (200, b"ok\n")
    assert call("/metrics")[0] == 200


def _hang() -> str:
    time.sleep(0.5)
    return ""


def test_many_who_ask_at_once_cost_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    counted = health.Check("database", needed=True, question=lambda: looks.append(1) or "")
    monkeypatch.setattr(health, "checks", {"database": counted})

    async def ask() -> None:
        probe = Probe()
        await asyncio.gather(*[probe.look() for _ in range(50)])
        await probe.look()

    asyncio.run(ask())

    assert looks == [1]
