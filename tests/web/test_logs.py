"""Log lines: JSON, numbered, without a person in them; one a request."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError

from lms.web import later, logs
from lms.web.logs import without_keys, without_people
from lms.web.requests import numbered


@pytest.fixture
def lines() -> Iterator[Any]:
    """What production's configuration writes, as a function that reads it."""
    stream = io.StringIO()
    made = logs.configuration(as_json=True, level="INFO")
    formatter = made["formatters"]["lines"].pop("()")(**made["formatters"]["lines"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


async def ask(path: str, *, status: int = 200, number: bytes = b"", query: bytes = b"") -> dict[str, Any]:
    """One request through `numbered`; what the client gets."""
    sent: list[dict[str, Any]] = []

    async def door(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        logging.getLogger("door").warning("within")
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": dict(scope["headers"])[b"x-request-id"]})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"x-request-id", number)] if number else []
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": headers}
    await numbered(door)(scope, None, send)
    return {"headers": dict(sent[0]["headers"]), "body": sent[1]["body"]}


async def test_one_line_a_request_with_its_number_and_without_its_query(lines: Any, settings: Any) -> None:
    settings.LOG_REQUESTS = True

    reply = await ask("/people/", query=b"q=Lan&phone=0912000001")

    number = reply["headers"][b"x-request-id"]
    within, line = lines()
    assert (reply["body"], within["request"], line["request"]) == (number, number.decode(), number.decode())
    assert (line["event"], line["method"], line["path"], line["status"]) == ("request", "GET", "/people/", 200)
    assert 0 <= line["ms"] < 60_000
    assert "Lan" not in json.dumps(line)


async def test_the_proxys_number_is_kept_and_a_forged_line_is_not(lines: Any) -> None:
    assert (await ask("/", number=b"from-the-proxy"))["body"] == b"from-the-proxy"
    assert (await ask("/", number=b'"} {"x'))["body"] != b'"} {"x'


@pytest.mark.parametrize(
    ("path", "status", "written"),
    [("/live/answer/", 200, 0), ("/live/answer/", 503, 1), ("/healthz", 200, 0), ("/readyz", 503, 1), ("/", 404, 1)],
)
async def test_what_is_asked_all_the_time_is_written_when_it_fails(
    path: str, status: int, written: int, lines: Any, settings: Any
) -> None:
    settings.LOG_REQUESTS = True

    await ask(path, status=status)

    assert len([line for line in lines() if line["event"] == "request"]) == written


async def test_a_door_that_fails_leaves_a_line_of_500(lines: Any, settings: Any) -> None:
    settings.LOG_REQUESTS = True

    async def door(_scope: Any, _receive: Any, _send: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await numbered(door)({"type": "http", "method": "GET", "path": "/", "headers": []}, None, None)

    assert [line["status"] for line in lines()] == [500]


async def test_a_socket_leaves_one_line_at_its_end(lines: Any, settings: Any) -> None:
    settings.LOG_REQUESTS = True

    async def door(_scope: Any, _receive: Any, _send: Any) -> None:
        logging.getLogger("door").warning("within")

    await numbered(door)({"type": "websocket", "path": "/live/board/", "headers": []}, None, None)

    within, line = lines()
    assert (line["event"], line["path"], line["request"]) == ("socket", "/live/board/", within["request"])


def test_people_are_cut_out_of_what_libraries_say(lines: Any) -> None:
    words = "duplicate key\nDETAIL:  Key (name, phone)=(Nguyễn Thị Lan, 0912000001) already exists."
    try:
        raise IntegrityError(words)
    except IntegrityError:
        logging.getLogger("a.package").exception("no place for %s of lan@example.vn", "+84 912 000 001")

    (line,) = lines()
    for personal in ("Lan", "0912000001", "912 000 001", "lan@example.vn"):
        assert personal not in json.dumps(line, ensure_ascii=False)
    assert "duplicate key" in line["exception"]


def test_figures_and_ids_stay_readable() -> None:
    assert without_people("attempt 4711 in 1746612345678 ms, 20 rows") == "attempt 4711 in 1746612345678 ms, 20 rows"


def test_keys_in_addresses_are_cut() -> None:
    assert without_keys("/contests/luat-cong-doan/attempts/12/") == "/contests/luat-cong-doan/attempts/12/"
    assert without_keys("/account/password/reset/key/3-c9x1/") == "/account/password/reset/key/…/"
    assert without_keys(f"/verify/{'k' * 43}/") == "/verify/…/"


def test_a_task_carries_the_number_of_the_request_that_asked_for_it(lines: Any) -> None:
    later.tasks["test.log"] = lambda: logging.getLogger("task").warning("at work")
    try:
        later.run.call("test.log", {}, "abc-12345")
        later.run.call("test.log", {})  # stored by an older version
    finally:
        del later.tasks["test.log"]

    assert [line["request"] for line in lines()] == ["abc-12345", "-"]
