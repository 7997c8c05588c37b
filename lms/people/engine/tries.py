"""How many wrong tries a row of the roster allows. Pure: the state before goes in, the state after comes out.

Two windows: a few tries in a short one, so that typing errors end quickly, and a daily one, so that patience
doesn't help: 20 a day against a million PINs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORT, SHORT_TRIES = timedelta(minutes=15), 5
DAY, DAY_TRIES = timedelta(hours=24), 20


@dataclass(frozen=True)
class Window:
    since: datetime
    used: int


@dataclass(frozen=True)
class Used:
    short: Window
    day: Window


def fresh(now: datetime) -> Used:
    return Used(Window(now, 0), Window(now, 0))


def take(used: Used, now: datetime) -> Used | None:
    """The state after one more try, or None if none is left."""
    short, day = _current(used.short, SHORT, now), _current(used.day, DAY, now)
    if short.used >= SHORT_TRIES or day.used >= DAY_TRIES:
        return None
    return Used(Window(short.since, short.used + 1), Window(day.since, day.used + 1))


def give_back(used: Used) -> Used:
    """The state as if the last try had not been: it was somebody else's of the same telephone."""
    return Used(
        Window(used.short.since, max(0, used.short.used - 1)), Window(used.day.since, max(0, used.day.used - 1))
    )


def free_again_at(used: Used, now: datetime) -> datetime | None:
    """When the next try will be allowed, or None if one is allowed now."""
    ends = []
    if _current(used.short, SHORT, now).used >= SHORT_TRIES:
        ends.append(used.short.since + SHORT)
    if _current(used.day, DAY, now).used >= DAY_TRIES:
        ends.append(used.day.since + DAY)
    return max(ends, default=None)


def _current(window: Window, length: timedelta, now: datetime) -> Window:
    return window if now < window.since + length else Window(now, 0)
