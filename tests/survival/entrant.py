"""A person who taps and doesn't rest until each tap is acknowledged, as the page's outbox does."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle

from quizzes.live.ticket import make_ticket
from tests.survival.doors import Door, NotSaved, Post, Socket
from tests.survival.stage import QUESTIONS


@dataclass
class Entrant:
    attempt: int
    member: int
    started_ms: int
    session: str
    seq: int = 0
    said: dict[int, tuple[int, list[str]]] = field(default_factory=dict)  # place: newest seq and options
    acknowledged: dict[int, int] = field(default_factory=dict)  # place: newest seq that the server has confirmed
    kept: int = 0  # acknowledgements
    failures: list[str] = field(default_factory=list)

    @property
    def ticket(self) -> str:
        return make_ticket(self.attempt, datetime.fromtimestamp(self.started_ms / 1000, UTC))

    async def tap(self, door: Door, place: int | None = None) -> None:
        """One answer, sent again until it is acknowledged."""
        place = random.randrange(QUESTIONS) if place is None else place
        self.seq += 1
        self.said[place] = (self.seq, [random.choice("abcd")])
        await self.deliver(door, [place])

    async def deliver(self, door: Door, places: list[int]) -> None:
        wanted = [{"place": p, "seq": self.said[p][0], "options": self.said[p][1]} for p in places]
        while True:
            try:
                reply = await door.send(self.ticket, wanted)
            except NotSaved as error:
                self.failures.append(str(error))
                await asyncio.sleep(error.retry)
            else:
                assert not reply["late"], reply
                assert not reply["newer"], reply
                for place, seq in reply["kept"]:
                    self.acknowledged[place] = seq
                self.kept += len(reply["kept"])
                assert [place for place, _ in reply["kept"]] == sorted(places), reply
                return

    async def tap_on(self, door: Door, end: asyncio.Event, pause: float = 0.02) -> None:
        """Tap until `end`; the last tap is acknowledged as well."""
        while not end.is_set():
            await self.tap(door)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        await door.close()


@asynccontextmanager
async def tapping(entrants: list[Entrant], make_door: Callable[[], Door]) -> AsyncIterator[None]:
    """All of them tap meanwhile; afterwards each one's last tap is acknowledged."""
    end = asyncio.Event()
    tasks = [asyncio.create_task(one.tap_on(make_door(), end)) for one in entrants]
    try:
        yield
        end.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 60)
    finally:
        for task in tasks:
            task.cancel()


def any_door(port: int) -> Callable[[], Door]:
    """Every second person comes over the socket, the others by requests."""
    kinds = cycle((Post, Socket))
    return lambda: next(kinds)(port)


async def reach(entrants: list[Entrant], count: int, seconds: float = 90) -> None:
    """Wait until `entrants` have `count` acknowledgements between them."""
    async with asyncio.timeout(seconds):
        while sum(one.kept for one in entrants) < count:  # noqa: ASYNC110  # counted in many places
            await asyncio.sleep(0.02)


def confirmed_by(entrants: list[Entrant]) -> dict[tuple[int, int], int]:
    """The newest acknowledged seq by attempt and place."""
    return {(one.attempt, place): seq for one in entrants for place, seq in one.acknowledged.items()}


def said_by(entrants: list[Entrant]) -> dict[tuple[int, int], tuple[int, list[str]]]:
    """The newest tap by attempt and place."""
    return {(one.attempt, place): tap for one in entrants for place, tap in one.said.items()}
