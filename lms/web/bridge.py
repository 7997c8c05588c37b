"""Pages under an ASGI server: a WSGI application on a fixed set of threads, with a bounded queue before it.

What is urgent (somebody's attempt is running) stands before everything else in the queue, and finds room in it longer.

Django under ASGI hops threads in every middleware and gives a third of the pages a second (docs/decisions/0001).
No thread ever waits for a client: bodies are read before, and answers sent after, the thread is free again; what is
longer than a megabyte is read on block by block, as fast as the client takes it.
"""

import asyncio
import logging
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

BLOCK = 256 * 1024  # of a body in memory, and of a file sent at once
AT_ONCE = 4 * BLOCK  # of an answer made while the page's thread is held
MAX_BODY = 1024 * 1024 * 1024
MAX_FORM = 16 * 1024 * 1024  # outside `uploads`, where nobody sends a film
log = logging.getLogger(__name__)


class FileBody:
    """`wsgi.file_wrapper`: a file that is sent in blocks once the thread is free."""

    def __init__(self, file: Any, _block_size: int = BLOCK) -> None:
        self.file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(BLOCK), b"")


class Chunks:
    """The chunks of any other answer, read like a file."""

    def __init__(self, result: Any) -> None:
        self.result, self.chunks = result, iter(result)

    def read(self, _size: int) -> bytes:
        return next(filter(None, self.chunks), b"")

    def close(self) -> None:
        if hasattr(self.result, "close"):
            self.result.close()


@dataclass
class Answer:
    status: int
    headers: Headers
    head: bytes
    rest: Any = None  # what follows `head`: `read` and `close`


class Bridge:
    """`refusal` is the page sent with 503 when `queue` requests wait; `after` runs in the thread after each request;
    below `uploads` long bodies are taken; below `urgent` nobody waits for pages of other people."""

    def __init__(
        self,
        app: Any,
        *,
        threads: int,
        queue: int,
        refusal: bytes = b"",
        after: Callable[[], None] = lambda: None,
        uploads: tuple[str, ...] = ("/",),
        urgent: tuple[str, ...] = (),
    ) -> None:
        self.app, self.refusal, self.after, self.uploads, self.urgent = app, refusal, after, uploads, urgent
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.limit, self.queue, self.busy, self.free = threads + queue, queue, 0, threads
        self.first: deque[asyncio.Future[None]] = deque()  # urgent ones that wait for a thread
        self.others: deque[asyncio.Future[None]] = deque()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(max_size=BLOCK) as body:
            most = MAX_BODY if scope["path"].startswith(self.uploads) else MAX_FORM
            length = await _read(receive, body, most)
            if length is None:
                return
            urgent = scope["path"].startswith(self.urgent)
            if length > most:
                await _send_short(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            elif self.busy >= self.limit + (self.queue if urgent else 0):
                await _send_short(send, HTTPStatus.SERVICE_UNAVAILABLE, self.refusal)
            else:
                await self._answer(environ_of(scope, body, length), receive, send, urgent=urgent)

    async def _answer(self, environ: dict[str, Any], receive: Receive, send: Send, *, urgent: bool) -> None:
        gone = asyncio.ensure_future(receive())  # after the body, the only message is that the client has left
        self.busy += 1
        try:
            if not await self._turn(gone, self.first if urgent else self.others):
                self.busy -= 1
                return
            work = self.pool.submit(self._run, environ)
            answer = asyncio.wrap_future(work)
            answer.add_done_callback(self._next)
            await _send(send, await answer, gone)
        finally:
            gone.cancel()

    async def _turn(self, gone: "asyncio.Future[Any]", queue: "deque[asyncio.Future[None]]") -> bool:
        """Wait for a free thread; False if the client leaves before there is one."""
        if self.free:
            self.free -= 1
            return True
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        either: set[asyncio.Future[Any]] = {turn, gone}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not turn.done():
                queue.remove(turn)
        return turn.done()

    def _next(self, _done: object) -> None:
        """A thread is free: whose turn it is takes it over."""
        self.busy -= 1
        queue = self.first or self.others
        if queue:
            queue.popleft().set_result(None)
        else:
            self.free += 1

    def _run(self, environ: dict[str, Any]) -> Answer:
        """In a thread: the whole answer, or what is made of it at once and a source of the rest."""
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> None:
            started[:] = [status, headers]

        try:
            result = self.app(environ, start_response)
            head, rest = _begin(result.file if isinstance(result, FileBody) else Chunks(result))
            status, headers = started
            raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            return Answer(int(status.split(" ", 1)[0]), raw, head, rest)
        except Exception:
            log.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            return Answer(500, [(b"content-type", b"text/plain")], b"")
        finally:
            self.after()


def environ_of(scope: Scope, body: Any, length: int) -> dict[str, Any]:
    """The WSGI environment of an ASGI request (PEP 3333)."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _latin(scope.get("root_path", "")),
        "PATH_INFO": _latin(scope["path"].removeprefix(scope.get("root_path", ""))),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileBody,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:  # would pass for the same header with a dash, which a proxy sets
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def _latin(text: str) -> str:
    return text.encode().decode("latin-1")


def _begin(source: Any) -> tuple[bytes, Any]:
    """What is made at once, and the source of the rest; None and closed if that was all."""
    parts: list[bytes] = []
    while sum(map(len, parts)) < AT_ONCE:
        block = source.read(BLOCK)
        if not block:
            source.close()
            return b"".join(parts), None
        parts.append(block)
    return b"".join(parts), source


async def _read(receive: Receive, into: Any, most: int) -> int | None:
    """The length of the request's body, now in the file; None if the client left. Past `most` nothing is kept."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        length, more = length + len(chunk), message.get("more_body", False)
        if length > most:
            return length
        into.write(chunk)
    into.seek(0)
    return length


async def _send(send: Send, answer: Answer, gone: "asyncio.Future[Any]") -> None:
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.head, "more_body": answer.rest is not None})
        while answer.rest and not gone.done():
            block = await asyncio.to_thread(answer.rest.read, BLOCK)
            await send({"type": "http.response.body", "body": block, "more_body": bool(block)})
            if not block:
                return
    finally:
        if answer.rest:
            answer.rest.close()


async def _send_short(send: Send, status: HTTPStatus, page: bytes = b"") -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"retry-after", b"5"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})
