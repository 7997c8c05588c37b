"""The WSGI bridge with plain WSGI applications: no Django, no server."""

import asyncio
import io
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from lms.web import bridge
from lms.web.bridge import AT_ONCE, BLOCK, Bridge, FileBody, environ_of

OK = ("200 OK", [("Content-Type", "text/plain")])


@dataclass
class Client:
    """Speaks ASGI to the bridge as a server would for one request."""

    body: list[bytes] = field(default_factory=lambda: [b""])
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    path: str = "/"
    sent: list[dict[str, Any]] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, app: Bridge) -> "Client":
        scope = {
            "type": "http", "method": "POST", "path": self.path, "query_string": b"a=1", "http_version": "1.1",
            "headers": self.headers, "client": ("203.0.113.7", 4711), "server": ("localhost", 80),
        }  # fmt: skip
        await app(scope, self._receive, self._send)
        return self

    async def _receive(self) -> dict[str, Any]:
        if self.body:
            return {"type": "http.request", "body": self.body.pop(0), "more_body": bool(self.body)}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def text(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])


def over(app: Callable[..., Iterable[bytes]], **options: Any) -> Bridge:
    return Bridge(app, **({"threads": 1, "queue": 10} | options))


async def test_the_application_gets_body_and_environment_and_its_answer_arrives() -> None:
    def echo(environ: dict[str, Any], start: Any) -> list[bytes]:
        start(*OK)
        seen = [environ[key] for key in ("PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "CONTENT_LENGTH", "HTTP_COOKIE")]
        return ["|".join(seen).encode(), b"|", environ["wsgi.input"].read()]

    headers = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"content-length", b"999")]
    client = await Client([b"one ", b"two"], headers, "/b%C3%A0i/").ask(over(echo))

    assert (client.status, client.text) == (200, b"/b%C3%A0i/|a=1|203.0.113.7|7|a=1; b=2|one two")


def test_a_header_with_an_underscore_cannot_pass_for_one_with_a_dash() -> None:
    scope = {
        "method": "GET", "path": "/học", "query_string": b"", "http_version": "1.1",
        "headers": [(b"x_forwarded_proto", b"https"), (b"x-request-id", b"7")],
    }  # fmt: skip
    environ = environ_of(scope, io.BytesIO(), 0)

    assert "HTTP_X_FORWARDED_PROTO" not in environ
    assert (environ["HTTP_X_REQUEST_ID"], environ["PATH_INFO"].encode("latin-1").decode()) == ("7", "/học")


async def test_a_large_file_is_sent_in_blocks_while_the_thread_serves_others() -> None:
    file = io.BytesIO(b"x" * (AT_ONCE + BLOCK + 5))

    def app(environ: dict[str, Any], start: Any) -> Any:
        start(*OK)
        return FileBody(file) if environ["PATH_INFO"] == "/file" else [b"page"]

    both = over(app)
    client, page = await asyncio.gather(Client(path="/file").ask(both), Client(path="/page").ask(both))

    assert [len(message["body"]) for message in client.sent[1:]] == [AT_ONCE, BLOCK, 5, 0]
    assert (file.closed, page.text) == (True, b"page")


async def test_a_long_answer_of_many_chunks_arrives_whole_and_is_closed() -> None:
    closed: list[bool] = []

    class Chunks:
        def __iter__(self) -> Iterable[bytes]:
            return iter([b"y" * BLOCK, b""] * 6)

        def close(self) -> None:
            closed.append(True)

    def app(_environ: dict[str, Any], start: Any) -> Any:
        start(*OK)
        return Chunks()

    client = await Client().ask(over(app))

    assert (len(client.text), closed) == (6 * BLOCK, [True])


async def test_when_the_queue_is_full_the_next_is_refused_at_once_and_room_comes_back() -> None:
    gate = threading.Event()

    def slow(_environ: dict[str, Any], start: Any) -> list[bytes]:
        gate.wait(10)
        start(*OK)
        return [b"done"]

    app = over(slow, threads=2, queue=1, refusal=b"later")
    waiting = [asyncio.ensure_future(Client().ask(app)) for _ in range(3)]
    await asyncio.sleep(0.05)
    refused = await Client().ask(app)
    gate.set()
    served = await asyncio.gather(*waiting)
    after = await Client().ask(app)

    assert (refused.status, refused.text) == (503, b"later")
    assert [client.status for client in served] == [200, 200, 200]
    assert after.status == 200


async def test_what_is_urgent_goes_first_and_finds_room_in_a_full_queue() -> None:
    gate, order = threading.Event(), []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        gate.wait(10)
        order.append(environ["PATH_INFO"])
        start(*OK)
        return [b""]

    one = over(app, queue=1, urgent=("/attempts/",))
    asked = []
    for path in ("/working", "/other", "/attempts/1/", "/full", "/attempts/2/"):
        asked.append(asyncio.ensure_future(Client(path=path).ask(one)))
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    gate.set()
    clients = await asyncio.gather(*asked)

    assert [client.status for client in clients] == [200, 200, 200, 503, 503]
    assert order == ["/working", "/attempts/1/", "/other"]
    assert (one.busy, one.free) == (0, 1)


async def test_who_leaves_the_queue_is_not_worked_for() -> None:
    gate, worked = threading.Event(), []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        gate.wait(10)
        worked.append(environ["PATH_INFO"])
        start(*OK)
        return [b""]

    one = over(app)
    stays, leaves = Client(path="/stays"), Client(path="/leaves")
    asked = [asyncio.ensure_future(client.ask(one)) for client in (stays, leaves)]
    await asyncio.sleep(0.05)
    leaves.left.set()
    await asyncio.sleep(0.05)
    gate.set()
    await asyncio.gather(*asked)

    assert (worked, stays.status, leaves.sent) == (["/stays"], 200, [])


async def test_who_leaves_while_sending_the_body_is_not_worked_for() -> None:
    client = Client(body=[])
    client.left.set()

    await client.ask(over(lambda _environ, _start: [b"never"]))

    assert client.sent == []


async def test_a_body_past_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "MAX_BODY", 10)

    client = await Client(body=[b"x" * 8, b"x" * 8]).ask(over(lambda _environ, _start: [b"never"]))

    assert client.status == 413


async def test_an_application_that_breaks_gives_500_and_the_thread_is_tidied_up() -> None:
    tidied: list[bool] = []

    client = await Client().ask(over(lambda _environ, _start: 1 / 0, after=lambda: tidied.append(True)))  # type: ignore[arg-type, return-value]  # broken on purpose

    assert (client.status, tidied) == (500, [True])


def test_only_uploads_may_be_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "MAX_FORM", 10)
    app = Bridge(lambda _environ, start: (start(*OK), [b""])[1], threads=1, queue=1, uploads=("/cms/",))
    answers = [asyncio.run(Client(body=[b"x" * 11], path=path).ask(app)) for path in ("/", "/cms/images/add/")]
    assert [answer.sent[0]["status"] for answer in answers] == [413, 200]
