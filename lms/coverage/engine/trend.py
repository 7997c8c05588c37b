"""From monthly changes to a line. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lms.coverage.engine.figures import Count


@dataclass(frozen=True)
class Point:
    """The figure at the end of `day`."""

    day: date
    count: Count


def month_after(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def trend(changes: Iterable[tuple[date, Count]], now: Point, *, months: int = 12) -> list[Point]:
    """The ends of the last `months` full months before `now`, then `now` itself. Months without people are left out."""
    known = dict(changes)
    points: list[Point] = []
    running = Count()
    month = min(known, default=now.day.replace(day=1))
    while month < now.day.replace(day=1):
        running += known.get(month, Count())
        following = month_after(month)
        if running.roster:
            points.append(Point(following - timedelta(days=1), running))
        month = following
    return [*points[-months:], now]
