"""What is counted, as a key that says it all: "roster", "activity:7", "tag:CDS:2023-01-01:2025-12-31". Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ROSTER = "roster"


@dataclass(frozen=True)
class Deed:
    """One completion of a person."""

    activity_id: int
    day: date


@dataclass(frozen=True)
class Aim:
    """Which deeds count: those of one activity, or of any activity with a tag, within a period."""

    key: str
    activities: frozenset[int]
    since: date = date.min
    until: date = date.max  # the last day that counts

    def first_day(self, deeds: Iterable[Deed]) -> date | None:
        """The day on which the person first did it, None if never: later deeds change nothing."""
        days = (d.day for d in deeds if d.activity_id in self.activities and self.since <= d.day <= self.until)
        return min(days, default=None)


def activity_key(activity_id: int) -> str:
    return f"activity:{activity_id}"


def tag_key(tag: str, since: date, until: date) -> str:
    return f"tag:{tag}:{since.isoformat()}:{until.isoformat()}"


def parse_tag_key(key: str) -> tuple[str, date, date] | None:
    """(tag, first day, last day) of a tag's key, None for other keys."""
    if not key.startswith("tag:"):
        return None
    tag, since, until = key.removeprefix("tag:").rsplit(":", 2)
    return tag, date.fromisoformat(since), date.fromisoformat(until)
