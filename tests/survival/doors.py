"""The two ways of an answer into the house: a request, or the socket. Failing means trying again."""

import asyncio
import json
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

PATIENCE = 15.0  # seconds for one reply


class NotSaved(Exception):
    """No acknowledgement: the answer has to be sent again, after `retry` seconds."""

    def __init__(self, why: str, retry: float = 0.1) -> None:
        super().__init__(why)
        self.retry = retry


class Door(Protocol):
    async def send(self, ticket: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        """The acknowledgement. NotSaved if none came."""

    async def close(self) -> None: ...


class Post:
    """Requests over one connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, ticket: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        body = json.dumps({"ticket": ticket, "answers": answers}).encode()
        status, _, reply = await self.ask("POST", "/live/answer/", body, {"Content-Type": "application/json"})
        if status == 503:
            raise NotSaved("busy", min(json.loads(reply)["retry"], 1))
        if status != 200:
            raise NotSaved(f"status {status}: {reply[:200]!r}")
        return dict(json.loads(reply))

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        patience: float = PATIENCE,
    ) -> tuple[int, dict[str, str], bytes]:
        """Any request; NotSaved if the connection breaks, or nothing comes for so many seconds."""
        try:
            async with asyncio.timeout(patience):
                return await self._ask(method, path, body, headers or {})
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            await self.close()
            raise NotSaved(type(error).__name__) from error

    async def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        if found.get("transfer-encoding") == "chunked":
            reply = b""
            while size := int(await reader.readline(), 16):
                reply += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            reply = await reader.readexactly(int(found.get("content-length", 0)))
        if found.get("connection") == "close":
            await self.close()
        return int(head[0].split()[1]), found, reply

    async def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None


class Socket:
    """The attempt socket: the ticket first, then numbered messages."""

    def __init__(self, port: int) -> None:
        self.port, self.number = port, 0
        self.socket: ClientConnection | None = None

    async def send(self, ticket: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._send(ticket, answers)
        except (OSError, WebSocketException, TimeoutError) as error:
            await self.close()
            raise NotSaved(type(error).__name__) from error

    async def _send(self, ticket: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        if self.socket is None:
            self.socket = await connect(
                address(self.port, "/live/attempt/"), origin=origin(self.port), ping_interval=None
            )
            await self.socket.send(ticket)
        self.number += 1
        await self.socket.send(json.dumps({"t": "answers", "n": self.number, "answers": answers}))
        reply = dict(json.loads(await self.socket.recv()))
        assert reply["n"] == self.number
        if reply["t"] == "later":
            raise NotSaved("busy", min(reply["retry"], 1))
        assert reply["t"] == "saved", reply
        return reply

    async def close(self) -> None:
        if self.socket:
            self.socket.transport.abort()
            self.socket = None


def address(port: int, path: str) -> str:
    return f"ws://127.0.0.1:{port}{path}"


def origin(port: int) -> Origin:
    return Origin(f"http://127.0.0.1:{port}")
