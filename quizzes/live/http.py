"""The few pieces of HTTP that an ASGI door needs."""

import json
from typing import Any

Scope = dict[str, Any]
Header = tuple[bytes, bytes]


class Gone(Exception):
    """The other side left before its body was complete."""


class TooLarge(Exception):
    """The body is longer than this door takes."""


async def body_of(receive: Any, most: int) -> bytes:
    """The whole body; TooLarge beyond `most` bytes, however long it says it is."""
    chunks, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            raise TooLarge
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


def header(scope: Scope, name: bytes) -> str:
    found = next((value for known, value in scope["headers"] if known == name), b"")
    return str(found.decode("latin-1"))


to_json = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode  # json.dumps makes one at every call


def retry_after(seconds: int) -> Header:
    return b"retry-after", str(seconds).encode()


async def answer_json(send: Any, status: int, value: object, *more: Header) -> None:
    await _answer(send, status, b"application/json", to_json(value).encode(), *more)


async def answer_text(send: Any, status: int, text: str, *more: Header) -> None:
    await _answer(send, status, b"text/plain; charset=utf-8", text.encode(), *more)


async def redirect(send: Any, address: str) -> None:
    await _answer(send, 303, b"text/plain", b"", (b"location", address.encode()))


async def _answer(send: Any, status: int, kind: bytes, body: bytes, *more: Header) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
