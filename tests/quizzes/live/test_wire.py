"""The prepared frames, and all that `quizzes.live.wire` relies on inside uvicorn: an upgrade must fail here, loudly."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import ClientConnection, connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol
from websockets.streams import StreamReader

from quizzes.live.prepared import EXTENSION, Prepared
from quizzes.live.wire import Protocol

LONG = "Bảng xếp hạng " * 5000


def parsed(data: bytes, extensions: list[Any]) -> Frame:
    reader = StreamReader()
    reader.feed_data(data)
    reading = Frame.parse(reader.read_exact, mask=False, extensions=extensions)
    try:
        while True:
            next(reading)
    except StopIteration as done:
        assert reader.buffer == b""
        frame: Frame = done.value
        return frame


@given(st.text() | st.sampled_from(["a" * 125, "a" * 126, "a" * 65_535, "a" * 65_536, LONG]))
def test_both_forms_say_the_text(text):
    frame = Prepared(text)
    deflate = PerMessageDeflate(True, True, 12, 12)  # no context takeover, either way
    assert parsed(frame.plain, []).data.decode() == text
    assert parsed(frame.deflated, [deflate]).data.decode() == text
    assert parsed(frame.plain, [deflate]).data.decode() == text
    assert parsed(Prepared(text, for_one=True).deflated, [deflate]).data.decode() == text
    assert parsed(frame.plain, []).opcode is Opcode.TEXT


def test_the_compressed_form_is_small():
    assert len(Prepared(LONG).deflated) < len(Prepared(LONG).plain) / 50


@asynccontextmanager
async def served(application: Any, protocol: Any = Protocol) -> AsyncIterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application, ws=protocol, lifespan="off", log_level="warning"))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            while not server.started:  # noqa: ASYNC110  # uvicorn says it no other way
                await asyncio.sleep(0.01)
            yield f"ws://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            await running


async def tells(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Three frames, two of them written at once; then it waits until the other side leaves."""
    await receive()
    await send({"type": "websocket.accept"})
    outlet = scope["extensions"][EXTENSION]
    outlet.keep_short(4096)
    assert outlet.write_prepared(Prepared("a first"), Prepared("for one", for_one=True))
    await send({"type": "websocket.send", "text": "a plain one"})
    while not outlet.write_prepared(Prepared(LONG)):  # noqa: ASYNC110  # the system takes little at once
        await asyncio.sleep(0.01)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    assert outlet.write_prepared(Prepared("into the void"))


async def heard(socket: ClientConnection) -> list[str | bytes]:
    return [await asyncio.wait_for(socket.recv(), 30) for _ in range(4)]


@pytest.mark.parametrize(
    "offer",
    [
        None,
        ClientPerMessageDeflateFactory(),
        ClientPerMessageDeflateFactory(client_max_window_bits=True),
        ClientPerMessageDeflateFactory(server_max_window_bits=9),
    ],
)
async def test_every_client_reads_what_is_written_past_the_queue(offer):
    async with served(tells) as address, connect(address, compression=None, extensions=offer and [offer]) as one:
        assert await heard(one) == ["a first", "for one", "a plain one", LONG]


async def test_a_socket_keeps_no_state_of_compression_and_shares_the_frame():
    async with served(tells) as address, connect(address) as one:
        (agreed,) = one.protocol.extensions
        assert isinstance(agreed, PerMessageDeflate)
        assert (agreed.local_no_context_takeover, agreed.remote_no_context_takeover) == (True, True)
        assert agreed.remote_max_window_bits == 12
        assert await heard(one) == ["a first", "for one", "a plain one", LONG]


async def test_what_nobody_reads_waits_in_a_buffer_that_says_so_and_can_be_dropped():
    left: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def floods(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        outlet, frame = scope["extensions"][EXTENSION], Prepared(LONG)
        outlet.keep_short(4096)
        while outlet.write_prepared(frame):  # noqa: ASYNC110  # until the system takes no more
            await asyncio.sleep(0)
        outlet.abort()
        left.set_result((await receive())["code"])

    async with served(floods) as address:
        with socket.create_connection(("127.0.0.1", int(address.split(":")[2].strip("/")))) as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.sendall(
                b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            )
            assert await asyncio.wait_for(left, 30) in (1005, 1006)


async def test_other_protocols_offer_nothing():
    seen: list[bool] = []

    async def looks(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        seen.append(EXTENSION in scope["extensions"])
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})

    for protocol in (Protocol, WebSocketsSansIOProtocol):
        async with served(looks, protocol) as address, connect(address) as one:
            await one.wait_closed()
    assert seen == [True, False]


def test_uvicorn_still_is_what_the_protocol_leans_on():
    assert uvicorn.__version__.startswith("0.54."), "read uvicorn's sans-io protocol again before moving this line"
    used = {"run_asgi", "handle_connect", "schedule_ping", "connection_lost", "send", "shutdown"}
    assert used <= vars(WebSocketsSansIOProtocol).keys()
    made = Protocol(uvicorn.Config(tells, lifespan="off", ws=Protocol), _State(), {}, asyncio.new_event_loop())
    assert isinstance(made.conn, ServerProtocol)
    assert (made.close_sent, made.disconnected, made.deflates) == (False, False, False)
    assert made.conn.available_extensions
    assert made.ping_interval == 20.0


class _State:
    """uvicorn's `ServerState`, as far as a protocol looks into it."""

    def __init__(self) -> None:
        self.connections: set[Any] = set()
        self.tasks: set[Any] = set()
        self.default_headers: list[Any] = []
