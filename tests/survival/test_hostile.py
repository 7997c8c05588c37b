"""Clocks that are wrong, messages that are replayed, forged, huge or too many: refused in order, others unharmed.

Everywhere well-behaved people go on tapping meanwhile, and each of their taps is acknowledged and stored.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.e2e.server import LiveServer
from tests.survival.doors import Post, Socket, address, origin
from tests.survival.entrant import any_door, reach, said_by, tapping
from tests.survival.house import House

HOUR = 3_600_000
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def unharmed(house: House, web: LiveServer) -> AsyncIterator[None]:
    """Others, who taste nothing of what the test does: their taps during the test and after it all get in."""
    others, written = house.entrants(6), web.log.stat().st_size
    async with tapping(others, any_door(web.port)):
        await reach(others, 30)
        yield
        await reach(others, sum(one.kept for one in others) + 60)
    assert house.answers(others) == said_by(others)
    assert [one.failures for one in others] == [[]] * len(others)
    assert "Traceback" not in web.log.read_text()[written:]


def answer(place: int, seq: int, option: str) -> dict[str, object]:
    return {"place": place, "seq": seq, "options": [option]}


async def post(web: LiveServer, body: object) -> tuple[int, bytes]:
    door = Post(web.port)
    status, _, reply = await door.ask("POST", "/live/answer/", json.dumps(body).encode(), JSON)
    await door.close()
    return status, reply


def open_socket(web: LiveServer) -> connect:
    return connect(address(web.port, "/live/attempt/"), origin=origin(web.port), ping_interval=None)


async def closed_with(ws: ClientConnection, seconds: float = 60) -> int:
    """Read until the server closes; the code with which it did."""
    async with asyncio.timeout(seconds):
        try:
            while True:
                await ws.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


@pytest.mark.parametrize("off", [-HOUR, HOUR])
async def test_a_telephone_whose_clock_is_off_by_an_hour(house: House, web: LiveServer, off: int) -> None:
    """No message carries a time. Numbers made from a wrong clock only have to grow; the server's clock is stored."""
    (entrant,) = house.entrants(1)
    now_of_the_phone = int(datetime.now(UTC).timestamp() * 1000) + off
    entrant.seq = max(0, now_of_the_phone - entrant.started_ms)
    for door in (Post(web.port), Socket(web.port)):
        await entrant.tap(door, place=0)
        await door.close()

    assert house.answers([entrant]) == said_by([entrant])
    ((stored,),) = house.rows(f"SELECT arrived_at FROM quizzes_answer WHERE attempt_id = {entrant.attempt}")  # noqa: S608  # a number
    arrived = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    arrived = arrived if arrived.tzinfo else arrived.replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - arrived) < timedelta(minutes=10)


async def test_replayed_and_reordered_messages_change_nothing(house: House, web: LiveServer, unharmed: None) -> None:
    (entrant,) = house.entrants(1)
    messages = [{"ticket": entrant.ticket, "answers": [answer(0, seq, "abcd"[seq % 4])]} for seq in (1, 2, 3)]
    assert [(await post(web, message))[0] for message in messages] == [200] * 3

    replies = [json.loads((await post(web, message))[1]) for message in (messages[2], messages[0], messages[1])]

    assert [(reply["kept"], reply["newer"]) for reply in replies] == [
        ([[0, 3]], []),
        ([], [[0, 3, ["d"]]]),
        ([], [[0, 3, ["d"]]]),
    ]
    assert house.answers([entrant]) == {(entrant.attempt, 0): (3, ["d"])}


async def test_forged_tickets_and_other_peoples_attempts(house: House, web: LiveServer, unharmed: None) -> None:
    thief, victim = house.entrants(2)
    signature = thief.ticket.split(":", 1)[1]
    forged = f"{victim.attempt}.{victim.started_ms}:{signature}"
    for ticket in (forged, f"{victim.attempt}", "", "x" * 1000, f"{thief.ticket}x"):
        assert (await post(web, {"ticket": ticket, "answers": [answer(0, 1, "a")]}))[0] == 403
        async with open_socket(web) as ws:
            await ws.send(ticket)
            assert await closed_with(ws) == 4403

    door = Post(web.port)
    cookie = {"Cookie": f"sessionid={thief.session}; csrftoken={'c' * 32}", "X-CSRFToken": "c" * 32}
    for method, path in (
        ("GET", ""),
        ("POST", "submit/"),
        ("GET", "result/"),
        ("GET", "review/"),
        ("POST", "incident/"),
    ):
        assert (await door.ask(method, f"/attempts/{victim.attempt}/{path}", headers=cookie))[0] == 404
    await door.close()
    assert house.answers([victim, thief]) == {}


async def test_impossible_and_broken_messages(house: House, web: LiveServer, unharmed: None) -> None:
    (entrant,) = house.entrants(1)
    wrong: list[object] = [
        [answer(10, 1, "a")], [answer(-1, 1, "a")], [answer(0, 0, "a")], [answer(0, 2**31, "a")], [answer(0, 1, "z")],
        [{"place": 0, "seq": 1, "options": ["a", "b"]}], [{"place": "0", "seq": 1, "options": ["a"]}], [{}], [[]], {},
    ]  # fmt: skip
    for answers in wrong:
        assert (await post(web, {"ticket": entrant.ticket, "answers": answers}))[0] == 400, answers
    async with open_socket(web) as ws:
        await ws.send(entrant.ticket)
        for text in ("", "{", "[" * 20_000, "[]", '{"t":"no such"}', '{"t":"answers","n":1}'):
            await ws.send(text)
            assert json.loads(await asyncio.wait_for(ws.recv(), 30))["t"] == "refused"
        await ws.send(json.dumps({"t": "answers", "n": 1, "answers": [answer(0, 5, "b")]}))
        assert json.loads(await asyncio.wait_for(ws.recv(), 30))["kept"] == [[0, 5]]

    assert house.answers([entrant]) == {(entrant.attempt, 0): (5, ["b"])}


async def test_a_frame_and_a_body_of_a_megabyte(house: House, web: LiveServer, unharmed: None) -> None:
    (entrant,) = house.entrants(1)
    async with open_socket(web) as ws:
        await ws.send(entrant.ticket)
        await ws.send("x" * 1_000_000)
        assert await closed_with(ws) == 1009
    async with open_socket(web) as ws:
        await ws.send("x" * 1_000_000)
        assert await closed_with(ws) == 1009

    assert (await post(web, {"ticket": entrant.ticket, "answers": [], "more": "x" * 1_000_000}))[0] == 413


async def test_a_thousand_messages_a_second_from_one_member(house: House, web: LiveServer, unharmed: None) -> None:
    """Beyond fifty a second the answer is "later"; who goes on regardless is cut off."""
    (entrant,) = house.entrants(1)
    kinds: list[str] = []
    async with open_socket(web) as ws:
        await ws.send(entrant.ticket)
        try:
            for seq in range(1, 3001):
                await ws.send(json.dumps({"t": "answers", "n": seq, "answers": [answer(0, seq, "a")]}))
            while True:
                kinds.append(json.loads(await asyncio.wait_for(ws.recv(), 60))["t"])
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 1006
    assert code in (4429, 1006)  # 1006: cut off while it was still sending

    await asyncio.sleep(1)  # the second of the flood is over: the same person is welcome again
    entrant.seq = 3000
    door = Post(web.port)
    await entrant.tap(door, place=0)
    await door.close()
    assert set(kinds) <= {"saved", "later"}
    assert house.answers([entrant]) == said_by([entrant])


async def test_sockets_that_never_read(house: House, web: LiveServer, unharmed: None) -> None:
    """They send on and take no reply: they wait in their own queues, and their answers count all the same."""
    deaf = house.entrants(5)
    with ExitStack() as sockets:
        for entrant in deaf:
            raw = socket.socket()
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            sockets.enter_context(raw)
            raw.connect(("127.0.0.1", web.port))
            raw.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_sendall(raw, _handshake(web.port))
            assert b" 101 " in await asyncio.wait_for(loop.sock_recv(raw, 1024), 30)
            await loop.sock_sendall(raw, _frame(entrant.ticket))
            entrant.said[0] = (1, ["c"])
            await loop.sock_sendall(raw, _frame(json.dumps({"t": "answers", "n": 1, "answers": [answer(0, 1, "c")]})))
            await _push(raw, _frame('{"t":"ping"}') * 40)

        async with asyncio.timeout(60):
            while house.answers(deaf) != said_by(deaf):  # noqa: ASYNC110  # another process's database
                await asyncio.sleep(0.1)


async def _push(raw: socket.socket, data: bytes) -> None:
    """Write what the socket takes within a second."""
    try:
        await asyncio.wait_for(asyncio.get_running_loop().sock_sendall(raw, data), 1)
    except (TimeoutError, OSError):
        return


async def test_a_thousand_half_open_sockets(house: House, web: LiveServer, unharmed: None) -> None:
    """Half a request, half a handshake, or a socket that never shows a ticket: a thousand of them, held open."""
    halves = [b"", b"POST /live/answer/ HTTP/1.1\r\nHost: a\r\n", _handshake(web.port)[:60], _handshake(web.port)]
    streams = []
    try:
        for number in range(1000):
            reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
            writer.write(halves[number % len(halves)])
            streams.append((reader, writer))
        (entrant,) = house.entrants(1)
        for door in (Post(web.port), Socket(web.port)):
            await entrant.tap(door)
            await door.close()
        assert entrant.failures == []
    finally:
        for _, writer in streams:
            writer.transport.abort()


def _handshake(port: int) -> bytes:
    lines = ["GET /live/attempt/ HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", f"Origin: {origin(port)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def _frame(text: str) -> bytes:
    """A masked text frame; the mask is four zeros, which changes nothing."""
    data = text.encode()
    assert len(data) < 65536
    size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    return b"\x81" + size + bytes(4) + data
