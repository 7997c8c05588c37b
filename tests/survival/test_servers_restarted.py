"""PostgreSQL stopped in mid-burst and started again; Redis stopped, emptied and started again."""

import asyncio
import json

import pytest
from django.utils import timezone
from websockets.asyncio.client import ClientConnection, connect

from quizzes.live.token import Seat, make_token
from tests.e2e.server import LiveServer
from tests.survival.doors import Post, address, origin
from tests.survival.entrant import Entrant, any_door, confirmed_by, reach, said_by, tapping
from tests.survival.house import House

pytestmark = pytest.mark.only_postgres


async def test_postgres_away_for_a_while_loses_nothing_that_was_acknowledged(house: House, web: LiveServer) -> None:
    assert house.postgres
    entrants = house.entrants(60)
    assert await pages(web, entrants) == [200] * 60
    async with tapping(entrants, any_door(web.port)):
        await reach(entrants, 600)
        await asyncio.to_thread(house.postgres.stop)
        told = confirmed_by(entrants)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(house.postgres.start)
        before = await asyncio.to_thread(house.answers, entrants)
        assert [key for key, seq in told.items() if before[key][0] < seq] == []
        await reach(entrants, 1200)
    assert await pages(web, entrants) == [200] * 60

    assert house.answers(entrants) == said_by(entrants)


async def pages(server: LiveServer, entrants: list[Entrant]) -> list[int]:
    """What everybody gets who opens her attempt's page now."""

    async def look(entrant: Entrant) -> int:
        door = Post(server.port)
        cookie = {"Cookie": f"sessionid={entrant.session}"}
        status, _, _ = await door.ask("GET", f"/attempts/{entrant.attempt}/", headers=cookie, patience=60)
        await door.close()
        return status

    return await asyncio.gather(*[look(entrant) for entrant in entrants])


async def test_boards_are_right_without_redis_and_after_it_forgot_all(
    house: House, web: LiveServer, other_web: LiveServer
) -> None:
    """Handed in at one process, seen on the board of the other: with Redis, without it, and with an empty one."""
    assert house.redis
    entrants = house.entrants(30)
    async with _watch(house, other_web, entrants[0]) as board, tapping(entrants[3:], any_door(web.port)):
        handed_in = len(house.rows("SELECT 1 FROM quizzes_attempt WHERE submitted_at IS NOT NULL"))
        for number, change in enumerate((None, house.redis.stop, house.redis.start), start=1):
            if change:
                await asyncio.to_thread(change)
            taken = sum(one.kept for one in entrants)
            await hand_in(web, entrants[number - 1])
            await _board_with(board, handed_in + number)
            await reach(entrants, taken + 100)

    assert house.answers(entrants) == said_by(entrants)


async def hand_in(server: LiveServer, entrant: Entrant) -> None:
    door = Post(server.port)
    headers = {"Cookie": f"sessionid={entrant.session}; csrftoken={'c' * 32}", "X-CSRFToken": "c" * 32}
    status, found, _ = await door.ask("POST", f"/attempts/{entrant.attempt}/submit/", headers=headers, patience=60)
    assert (status, found["location"]) == (302, f"/attempts/{entrant.attempt}/result/")
    await door.close()


def _watch(house: House, server: LiveServer, entrant: Entrant) -> connect:
    token = make_token(Seat(house.staged["contest"], 1, entrant.member), now=timezone.now())
    return connect(address(server.port, f"/live/board/?token={token}"), origin=origin(server.port))


async def _board_with(board: ClientConnection, entrants: int) -> None:
    async with asyncio.timeout(30):
        while True:
            frame = json.loads(await board.recv())
            if frame["t"] == "board" and frame["entrants"] == str(entrants):
                return
