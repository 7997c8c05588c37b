"""The one door for answers, whichever way they came: stamps the moment of arrival and hands them to the writer.

Acknowledged is what is committed. Memory is bounded: what the writer can't take now is answered `Busy` with the
seconds after which to come again, and the page does.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import BoundedSemaphore

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from lms.web import figures
from quizzes.actions.answers import Arrival, Given, ImpossibleAnswer, Outcome, Saved
from quizzes.live.ticket import Ticket, milliseconds
from quizzes.live.writer import NotNow, Parcel, Writer, use_own_connection
from quizzes.queries.standing import Standing, standing_of

MOST_WAITING = 20_000  # answers: some 20 MB, and two seconds of work
MOST_A_SECOND = 50  # messages of one attempt
MOST_LOOKING = 500  # people at once who ask how their attempt stands
RETRY, RETRY_RATE = 3, 1  # seconds
FLOOD = 200  # messages of one attempt in a second: no page sends so many

_readers = ThreadPoolExecutor(2, thread_name_prefix="standing", initializer=use_own_connection)
_looking = BoundedSemaphore(MOST_LOOKING)


class Busy(Exception):
    """Not now: come again after `retry` seconds. `flood` says that the sender is far beyond what a page sends."""

    def __init__(self, retry: int, *, flood: bool = False) -> None:
        super().__init__(f"again in {retry} s")
        self.retry, self.flood = retry, flood


@dataclass(frozen=True)
class Receipt:
    now: datetime
    saved: Saved


def admit(ticket: Ticket) -> None:
    """Each door asks this first, for every message. Busy for who sends more than a page would."""
    count = _rate.count(ticket.attempt_id)
    if count > MOST_A_SECOND:
        _refused("rate", 1)
        raise Busy(RETRY_RATE, flood=count > FLOOD)


async def submit(ticket: Ticket, given: Sequence[Given]) -> Receipt:
    """Save answers by the moment at which this is called.

    ImpossibleAnswer for a tampered message, Attempt.DoesNotExist for an attempt that is gone, Busy when it was not
    saved.
    """
    arrived_at = timezone.now()
    if not given:
        return Receipt(arrived_at, Saved())
    if _writer.waiting + len(given) > MOST_WAITING:
        _refused("busy", len(given))
        raise Busy(RETRY)
    loop = asyncio.get_running_loop()
    future: _Future = loop.create_future()
    arrival = Arrival(ticket.attempt_id, tuple(given), arrived_at)
    _writer.put(Parcel(arrival, partial(_told, loop, future), time.monotonic()))
    outcome = await future
    if isinstance(outcome, NotNow):
        raise Busy(RETRY)
    if not isinstance(outcome, Saved):
        _refused("impossible" if isinstance(outcome, ImpossibleAnswer) else "unknown", len(given))
        raise outcome
    figures.answers_accepted.inc(len(outcome.kept))
    if outcome.late:
        _refused("late", len(outcome.late))
    return Receipt(arrived_at, outcome)


async def submit_form(ticket: Ticket, place: int, options: Sequence[str]) -> Receipt:
    """Save one answer of a page without script; its number is the time since the start."""
    seq = max(1, milliseconds(timezone.now()) - ticket.started_ms)
    return await submit(ticket, [Given(place, tuple(options), seq)])


async def standing(ticket: Ticket) -> tuple[datetime, Standing]:
    """The server's time, and how the attempt stands. Busy when too many ask at once or the database is away."""
    if not _looking.acquire(blocking=False):
        raise Busy(RETRY)
    try:
        found = await asyncio.get_running_loop().run_in_executor(_readers, _look, ticket.attempt_id)
    except (OperationalError, InterfaceError) as error:
        raise Busy(RETRY) from error
    finally:
        _looking.release()
    return timezone.now(), found


def _look(attempt_id: int) -> Standing:
    """Once more on a fresh connection when the lasting one has died."""
    try:
        return standing_of(attempt_id)
    except (OperationalError, InterfaceError):
        connection.close()
        return standing_of(attempt_id)


def _refused(why: str, number: int) -> None:
    figures.answers_refused.labels(why).inc(number)


class Rate:
    """Messages of each attempt in this second, over both doors and all sockets."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.second, self.seen = clock, 0, Counter[int]()

    def count(self, attempt_id: int) -> int:
        second = int(self.clock())
        if second != self.second:
            self.second = second
            self.seen.clear()
        self.seen[attempt_id] += 1
        return self.seen[attempt_id]


_Future = asyncio.Future[Outcome | NotNow]
_results: dict[asyncio.AbstractEventLoop, list[tuple[_Future, Outcome | NotNow]]] = {}


def _told(loop: asyncio.AbstractEventLoop, future: _Future, outcome: Outcome | NotNow) -> None:
    _results.setdefault(loop, []).append((future, outcome))


def _deliver() -> None:
    """Wake each loop once a batch, not once an answer."""
    while _results:
        loop, results = _results.popitem()
        try:
            loop.call_soon_threadsafe(_settle, results)
        except RuntimeError:  # the loop has ended, and those who waited with it
            continue


def _settle(results: list[tuple[_Future, Outcome | NotNow]]) -> None:
    for future, outcome in results:
        if not future.done():
            future.set_result(outcome)


_rate = Rate()
_writer = Writer(_deliver)
