"""uvicorn's WebSocket protocol with one thing more: prepared frames go straight to the transport.

    uvicorn lms.asgi:application --ws quizzes.live.wire:Protocol

It leans on uvicorn's sans-io protocol (0.54), which is no public interface: tests/quizzes/live/test_wire.py pins what
is used here, so that an upgrade fails loudly. Without this class everything works through plain `send`, at two to three
times the price of a frame.
"""

import socket
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory

from quizzes.live.prepared import EXTENSION, WINDOW_BITS, Prepared

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

    def unsent(self) -> int:
        return self.transport.get_write_buffer_size()

    def keep_short(self, size: int) -> None:
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)

    def write_prepared(self, frames: list[Prepared]) -> None:
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        data = [frame.deflated if self.deflates else frame.plain for frame in frames]
        self.transport.write(data[0] if len(data) == 1 else b"".join(data))

    def abort(self) -> None:
        self.transport.abort()


def _reads(extension: Any) -> bool:
    """Whether a socket with this extension can read `Prepared.deflated`."""
    return isinstance(extension, PerMessageDeflate) and extension.local_max_window_bits >= WINDOW_BITS
