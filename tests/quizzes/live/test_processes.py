"""Two real servers on one database: what this process commits, watchers of both see."""

import asyncio
import json
import time
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
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


def look(server: LiveServer, contest, member, *, origin: str | None = None) -> connect:
    token = make_token(Seat(contest.pk, 1, member.pk), now=timezone.now())
    address = server.url.replace("http", "ws")
    return connect(f"{address}/live/board/?token={token}", origin=origin or server.url)  # type: ignore[arg-type]  # plain text will do


async def board_with(socket: ClientConnection, entrants: str) -> dict:
    while True:
        frame = json.loads(await asyncio.wait_for(socket.recv(), 5))
        if frame["t"] == "board" and frame["entrants"] == entrants:
            return frame


async def test_commit_here_is_seen_in_both_servers_alike(servers, contest, real_cast):
    async with look(servers[0], contest, real_cast.lan) as one, look(servers[1], contest, real_cast.chau) as other:
        await asyncio.gather(board_with(one, "0"), board_with(other, "0"))
        begun = time.monotonic()
        await sync_to_async(enter_and_announce)(contest, real_cast.lan, real_cast.may, score=5)
        frames = await asyncio.gather(board_with(one, "1"), board_with(other, "1"))
        assert frames[0] == frames[1]
        assert time.monotonic() - begun < 3


async def test_page_of_another_origin_opens_no_socket(servers, contest, real_cast):
    with pytest.raises(InvalidStatus):
        async with look(servers[0], contest, real_cast.lan, origin="https://elsewhere.example"):
            pass


async def test_a_hundred_watchers_get_one_and_the_same_newest_board(servers, contest, real_cast):
    sockets = await asyncio.gather(*[look(servers[0], contest, real_cast.lan) for _ in range(100)])
    try:
        await asyncio.gather(*[board_with(socket, "0") for socket in sockets])
        for member, unit in ((real_cast.lan, real_cast.may), (real_cast.chau, real_cast.benh_vien)):
            await sync_to_async(enter_and_announce)(contest, member, unit)
        frames = await asyncio.gather(*[board_with(socket, "2") for socket in sockets])
        assert all(frame == frames[0] for frame in frames)
    finally:
        await asyncio.gather(*[socket.close() for socket in sockets])
