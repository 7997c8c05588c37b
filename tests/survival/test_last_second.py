"""The round's last second on many open pages: each learns what is saved, none sees an error, each gets its result.

The issue asks for 5 s and 10 s on a machine of its own; here the times are told at the end of the run, and only what
no load excuses is asserted.
"""

import asyncio
import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partialmethod

import pytest

from tests.e2e.server import LiveServer
from tests.survival.doors import Post, Socket
from tests.survival.entrant import Entrant, said_by
from tests.survival.house import House

PAGES = 200
UNTIL_THE_END = 4.0  # seconds that the pages have for being open together


@pytest.mark.timeout(240)
async def test_every_open_page_learns_what_is_saved_and_its_result(
    house: House, web: LiveServer, tell: Callable[[str], None]
) -> None:
    entrants = house.entrants(PAGES)
    sockets = [Socket(web.port) for _ in entrants]
    await asyncio.gather(*[_save_three(one, socket) for one, socket in zip(entrants, sockets, strict=True)])
    end = time.monotonic() + UNTIL_THE_END
    house.let_end(entrants, datetime.now(UTC) + timedelta(seconds=UNTIL_THE_END))

    pairs = zip(entrants, sockets, strict=True)
    times = await asyncio.gather(*[_last_second(one, socket, web.port, end) for one, socket in pairs])

    known, results = sorted(one for one, _ in times), sorted(one for _, one in times)
    tell(f"{PAGES} pages at the round's end, seconds after it: saved known {_spread(known)}, result {_spread(results)}")
    assert [one.failures for one in entrants] == [[]] * PAGES
    assert house.answers(entrants) == said_by(entrants)
    ids = ", ".join(str(one.attempt) for one in entrants)
    ended = house.rows(f"SELECT answered FROM quizzes_attempt WHERE submitted_at IS NOT NULL AND id IN ({ids})")  # noqa: S608  # numbers
    assert ended == [(4,)] * PAGES
    assert known[-1] < 60
    assert results[-1] < 90


class Patient(Post):
    """Waits as long as a person would have to; what it took is asserted afterwards."""

    ask = partialmethod(Post.ask, patience=100)


async def _save_three(entrant: Entrant, socket: Socket) -> None:
    for place in (0, 1, 2):
        await entrant.tap(socket, place)


async def _last_second(entrant: Entrant, socket: Socket, port: int, end: float) -> tuple[float, float]:
    """One page: a last tap, what is saved, handing in, the result. Seconds after the end of the last two."""
    door = Patient(port)
    await asyncio.sleep(end - 0.5 - time.monotonic())
    await entrant.tap(socket, 3)
    await asyncio.sleep(max(0.0, end - time.monotonic()))
    status, _, body = await door.ask("GET", "/live/answer/", headers={"Authorization": f"Attempt {entrant.ticket}"})
    assert (status, json.loads(body)["answered"]) == (200, 4)
    known = time.monotonic() - end

    cookie = {"Cookie": f"sessionid={entrant.session}; csrftoken={'c' * 32}", "X-CSRFToken": "c" * 32}
    status, found, _ = await door.ask("POST", f"/attempts/{entrant.attempt}/submit/", headers=cookie)
    assert (status, found["location"]) == (302, f"/attempts/{entrant.attempt}/result/")
    status, _, page = await door.ask("GET", found["location"], headers=cookie)
    assert status == 200
    assert re.search(r"\b4\D{1,20}10\b", page.decode())  # answered, of how many
    await door.close()
    await socket.close()
    return known, time.monotonic() - end


def _spread(sorted_times: list[float]) -> str:
    half, most = sorted_times[len(sorted_times) // 2], sorted_times[int(len(sorted_times) * 0.95)]
    return f"median {half:.2f}, p95 {most:.2f}, last {sorted_times[-1]:.2f}"
