"""A server's text frame, made once for any number of sockets: as bytes on the wire, plain and compressed.

A server that offers `EXTENSION` in the scope takes these bytes straight to the transport (`quizzes.live.wire`); any
other gets the text by ASGI's `send`.
"""

import zlib
from functools import cached_property
from typing import Protocol

EXTENSION = "benhoc.prepared"
WINDOW_BITS = 12  # of the compressed form: a socket must have agreed to at least these
_TEXT, _TEXT_DEFLATED = b"\x81", b"\xc1"  # a whole text frame; the second bit says that it is compressed
_LONGEST_BYTE, _LONGEST_SHORT = 125, 0xFFFF
_TAIL = b"\x00\x00\xff\xff"  # of a flushed block; the protocol leaves it out


class Prepared:
    """One text, in both forms. Each is made when the first socket needs it."""

    def __init__(self, text: str, *, for_one: bool = False) -> None:
        self.text = text
        self._for_one = for_one  # then to compress it costs more than it saves; a plain frame is right everywhere

    @cached_property
    def plain(self) -> bytes:
        return _framed(_TEXT, self.text.encode())

    @cached_property
    def deflated(self) -> bytes:
        """Compressed without regard to earlier frames, so that it is right for every socket."""
        if self._for_one:
            return self.plain
        press = zlib.compressobj(wbits=-WINDOW_BITS, memLevel=5)
        data = press.compress(self.text.encode()) + press.flush(zlib.Z_SYNC_FLUSH)
        return _framed(_TEXT_DEFLATED, data.removesuffix(_TAIL))


class Outlet(Protocol):
    """What a server offers under `EXTENSION`: a socket's way out past the event queue."""

    def keep_short(self, size: int) -> None:
        """Let the system hold back no more than about `size` bytes: what waits there is an old board."""

    def write_prepared(self, frame: Prepared, own: Prepared | None = None) -> bool:
        """Write at once, one frame or two. False, and nothing is written, while the network has not taken the last.

        Nothing happens on a socket that is closing.
        """

    def abort(self) -> None:
        """Drop the connection without a goodbye: the other side reads nothing."""


def _framed(kind: bytes, data: bytes) -> bytes:
    size = len(data)
    if size <= _LONGEST_BYTE:
        return kind + bytes([size]) + data
    if size <= _LONGEST_SHORT:
        return kind + b"\x7e" + size.to_bytes(2, "big") + data
    return kind + b"\x7f" + size.to_bytes(8, "big") + data
