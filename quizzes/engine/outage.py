"""Giving back the time of an outage: who lost it gets exactly that, and nobody's rank suffers. Pure.

An attempt has lost the part of the outage in which its clock ran. Its deadline moves by that; what was added (`pause`)
is taken off its duration, so the full time of an attempt stays what the rules say.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Stretch:
    """When the service was silent."""

    begins_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return max(NOTHING, self.ends_at - self.begins_at)


@dataclass(frozen=True)
class Run:
    """An attempt's time. `submitted_at` None: it is open."""

    started_at: datetime
    deadline_at: datetime
    submitted_at: datetime | None = None
    by_server: bool = False


@dataclass(frozen=True)
class Given:
    deadline_at: datetime
    pause: timedelta  # comes off the duration
    reopened: bool


def lost(run: Run, outage: Stretch) -> timedelta:
    """How much of the outage fell into the time in which the attempt's clock ran."""
    ended = run.deadline_at if run.submitted_at is None else min(run.submitted_at, run.deadline_at)
    return max(NOTHING, min(ended, outage.ends_at) - max(run.started_at, outage.begins_at))


def give_back(run: Run, outage: Stretch, *, closes_at: datetime, now: datetime) -> Given | None:
    """What the attempt gets at `now`; None if it lost nothing, or nothing can be given any more.

    Handed in by its member: only the duration is put right. Open: the deadline moves. Closed by the server: open again,
    with the lost time from now on. No deadline lies past the round's end by more than the outage was long.
    """
    owed = lost(run, outage)
    if owed == NOTHING:
        return None
    if run.submitted_at is not None and not run.by_server:
        return Given(run.deadline_at, owed, reopened=False)
    deadline = min(max(run.deadline_at, now) + owed, closes_at + outage.length)
    if deadline <= now or deadline <= run.deadline_at:
        return None
    return Given(deadline, deadline - run.deadline_at, reopened=run.submitted_at is not None)
