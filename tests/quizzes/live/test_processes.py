"""Two real servers on one database: what this process commits, watchers of both see."""

import asyncio
import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from quizzes.live.token import Seat, make_token
from tests.database import database_url
from tests.e2e.server import LiveServer
from tests.quizzes.live.entries import enter_and_announce
from tests.quizzes.makers import DAY, make_contest, round_document


@pytest.fixture(scope="module")
def servers(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[LiveServer]]:
    var = tmp_path_factory.mktemp("boards")
    environment = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "BENHOC_VAR": str(var),
        "EMBEDDED_THREADS": "0",
    }
    both = [LiveServer(environment, log=var / f"server{number}.log") for number in (1, 2)]
    for one in both:
        one.start()
    yield both
    for one in both:
        one.stop()


@pytest.fixture
def contest(real_cast):
    now = timezone.now()
    return make_contest(real_cast.province, rounds=[round_document(now - DAY, now + DAY)], unit_min_people=0)


def look(server: LiveServer, contest, member_id: int, *, origin: str | None = None) -> connect:
    token = make_token(Seat(contest.pk, 1, member_id), now=timezone.now())
    address = server.url.replace("http", "ws")
    return connect(f"{address}/live/board/?token={token}", origin=origin or server.url)  # type: ignore[arg-type]  # plain text will do


async def board_with(socket: ClientConnection, entrants: str, working: str = "0") -> dict:
    async with asyncio.timeout(30):
        while True:
            frame = json.loads(await socket.recv())
            if frame["t"] == "board" and (frame["entrants"], frame["working"]) == (entrants, working):
                return frame


async def test_commit_here_is_seen_in_both_servers_alike(servers, contest, real_cast):
    async with (
        look(servers[0], contest, real_cast.lan.pk) as one,
        look(servers[1], contest, real_cast.chau.pk) as other,
    ):
        await asyncio.gather(board_with(one, "0"), board_with(other, "0"))
        await sync_to_async(enter_and_announce)(contest, real_cast.lan, real_cast.may, score=5)
        frames = await asyncio.gather(board_with(one, "1"), board_with(other, "1"))
        assert frames[0] == frames[1]


def session_of(member) -> str:
    session = SessionStore()
    session.update({SESSION_KEY: str(member.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]})
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return session.session_key


def press(server: LiveServer, path: str, session: str) -> str:
    """The address to which pressing a button leads."""
    token = "c" * 32
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", path, body="", headers=headers | {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status in (302, 303), (path, answer.status)
    return answer.headers["Location"]


async def test_what_one_process_takes_is_on_the_board_of_the_other(servers, contest, real_cast):
    """By the doors that entrants use; how quickly is a figure for `./dev bench`, here it only has to arrive."""
    here, there = servers
    session = await sync_to_async(session_of)(real_cast.lan)
    async with look(there, contest, real_cast.chau.pk) as board:
        await board_with(board, "0")
        attempt = await asyncio.to_thread(press, here, f"/contests/{contest.slug}/start/", session)
        await board_with(board, "0", working="1")
        begun = time.monotonic()
        await asyncio.to_thread(press, here, f"{urlsplit(attempt).path}submit/", session)
        frame = await board_with(board, "1")
        after = time.monotonic() - begun
        print(f"handed in here, on the board there after {after:.3f} s")  # noqa: T201  # a figure to read with -s
        assert [row["name"] for row in frame["people"]] == ["Nguyễn Thị L***"]


async def test_page_of_another_origin_opens_no_socket(servers, contest, real_cast):
    with pytest.raises(InvalidStatus):
        async with look(servers[0], contest, real_cast.lan.pk, origin="https://elsewhere.example"):
            pass


async def test_a_hundred_watchers_get_one_and_the_same_newest_board(servers, contest, real_cast):
    sockets = await asyncio.gather(*[look(servers[0], contest, member) for member in range(1, 101)])
    try:
        await asyncio.gather(*[board_with(socket, "0") for socket in sockets])
        for member, unit in ((real_cast.lan, real_cast.may), (real_cast.chau, real_cast.benh_vien)):
            await sync_to_async(enter_and_announce)(contest, member, unit)
        frames = await asyncio.gather(*[board_with(socket, "2") for socket in sockets])
        assert all(frame == frames[0] for frame in frames)
    finally:
        await asyncio.gather(*[socket.close() for socket in sockets])
