"""One person's browser, as far as it matters here: cookies, and one connection after the other."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlencode

_PATIENCE = 60.0  # seconds for an answer


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Line:
    """Asks as the proxy would: by name, over https, for an address of its own."""

    port: int
    host: str
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    _open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Reply:
        return await self.ask("GET", path, b"", {})

    async def post(self, path: str, fields: dict[str, str]) -> Reply:
        """A form of one of our pages."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}).encode()
        return await self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    async def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        """Once more on a new line if the kept one was closed meanwhile."""
        async with asyncio.timeout(_PATIENCE):
            kept = self._open is not None
            try:
                return await self._ask(method, path, body, headers)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if not kept:
                    raise
                return await self._ask(method, path, body, headers)

    def close(self) -> None:
        if self._open:
            self._open[1].close()
            self._open = None

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        if self._open is None:
            self._open = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._open
        writer.write(self._head(method, path, len(body), headers) + body)
        await writer.drain()
        reply = await self._read(reader)
        if reply.headers.get("connection") == "close":
            self.close()
        return reply

    def _head(self, method: str, path: str, length: int, headers: dict[str, str]) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said = {
            "Host": self.host, "Origin": f"https://{self.host}", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address, "Content-Length": str(length), "Cookie": cookies,
        } | headers  # fmt: skip
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items() if value)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def _read(self, reader: asyncio.StreamReader) -> Reply:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key.strip()] = rest.partition(";")[0]
            headers[name.lower()] = value
        return Reply(int(head[0].split(" ")[1]), headers, await _body(reader, headers))


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readuntil(b"\r\n")
    return b"".join(parts)
