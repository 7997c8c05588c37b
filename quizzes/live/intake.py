"""The one door for answers, whichever way they came: stamps the moment of arrival, saves in a thread of its own.

Acknowledged is what is committed. A few threads with lasting connections do the work, so that a rush of answers
queues here and not at the pages.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from quizzes.actions.answers import Given, Saved, save_answers
from quizzes.live.ticket import Ticket, milliseconds
from quizzes.queries.standing import Standing, standing_of

THREADS = 2

T = TypeVar("T")
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="intake")


@dataclass(frozen=True)
class Receipt:
    now: datetime
    saved: Saved


async def submit(ticket: Ticket, given: Sequence[Given]) -> Receipt:
    """Save answers by the moment at which this is called. ImpossibleAnswer for a tampered message."""
    arrived_at = timezone.now()
    saved = await _in_thread(lambda: save_answers(ticket.attempt_id, given, arrived_at=arrived_at))
    return Receipt(arrived_at, saved)


async def submit_form(ticket: Ticket, place: int, options: Sequence[str]) -> Receipt:
    """Save one answer of a page without script; its number is the time since the start."""
    seq = max(1, milliseconds(timezone.now()) - ticket.started_ms)
    return await submit(ticket, [Given(place, tuple(options), seq)])


async def standing(ticket: Ticket) -> tuple[datetime, Standing]:
    """The server's time, and how the attempt stands."""
    found = await _in_thread(lambda: standing_of(ticket.attempt_id))
    return timezone.now(), found


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, _steady, work)


def _steady(work: Callable[[], T]) -> T:
    """Once more on a fresh connection when the lasting one has died: the work is idempotent."""
    try:
        return work()
    except (OperationalError, InterfaceError):
        connection.close()
        return work()
