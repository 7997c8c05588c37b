"""`kill -9` of the web process in a burst of answers: what was acknowledged is there, nothing is there twice."""

import asyncio

from tests.e2e.server import LiveServer
from tests.survival.entrant import any_door, confirmed_by, reach, said_by, tapping
from tests.survival.house import House


async def test_every_acknowledged_answer_is_there_and_none_is_doubled(house: House, web: LiveServer) -> None:
    entrants = house.entrants(60)
    async with tapping(entrants, any_door(web.port)):
        await reach(entrants, 600)
        web.kill()
        before = house.answers(entrants)
        assert [key for key, seq in confirmed_by(entrants).items() if before[key][0] < seq] == []

        await asyncio.to_thread(web.start)
        await reach(entrants, 1200)

    after = house.answers(entrants)
    assert after == said_by(entrants)
    assert len(after) >= len(before) > 250
    assert any(one.failures for one in entrants)
