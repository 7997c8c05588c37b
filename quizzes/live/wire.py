"""uvicorn's WebSocket protocol with one thing more: prepared frames go straight to the transport.

    uvicorn lms.asgi:application --ws quizzes.live.wire:Protocol

It leans on uvicorn's sans-io protocol (0.54), which is no public interface: tests/quizzes/live/test_wire.py pins what
is used here, so that an upgrade fails loudly. Without this class everything works through plain `send`, at two to three
times the price of a frame.
"""

import socket
from contextlib import suppress
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory

from quizzes.live.prepared import EXTENSION, WINDOW_BITS, Prepared

DEAD_AFTER = 30  # seconds in which the other side must say that it got something
# Seconds between pings of a socket on which something is written all the time anyway: a ping and its answer cost as
# much as ten frames. They reach who is behind a proxy, which says for her that it got everything.
PING_EVERY = 60.0

# No message leans on an earlier one: the same compressed frame is right for all, and a socket keeps no state of zlib.
_DEFLATE = ServerPerMessageDeflateFactory(
    server_no_context_takeover=True,
    client_no_context_takeover=True,
    server_max_window_bits=WINDOW_BITS,
    client_max_window_bits=WINDOW_BITS,
    compress_settings={"memLevel": 5},
)


class Protocol(WebSocketsSansIOProtocol):
    """An `Outlet` for the application under `EXTENSION` in the scope."""

    deflates = False  # whether this socket reads compressed frames

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.conn.available_extensions:
            self.conn.available_extensions = [_DEFLATE]

    async def run_asgi(self) -> None:
        self.deflates = any(_reads(one) for one in self.conn.extensions)
        self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]  # uvicorn's own are dicts
        await super().run_asgi()

    def keep_short(self, size: int) -> None:
        wire = self.transport.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)
        with suppress(OSError):  # a socket file has no such clock, and needs none
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER * 1000)
        self.ping_interval = PING_EVERY

    def write_prepared(self, frame: Prepared, own: Prepared | None = None) -> bool:
        transport = self.transport
        if transport.get_write_buffer_size():
            return False
        if not (self.close_sent or self.disconnected or transport.is_closing()):
            data = frame.deflated if self.deflates else frame.plain
            transport.write(data + own.plain if own else data)
        return True

    def abort(self) -> None:
        self.transport.abort()


def _reads(extension: Any) -> bool:
    """Whether a socket with this extension can read `Prepared.deflated`."""
    return isinstance(extension, PerMessageDeflate) and extension.local_max_window_bits >= WINDOW_BITS
