"""Names of backups, which are due and which have had their time."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

MADE_BY_ITSELF = ("nightly", "upgrade", "restore")
KINDS = (*MADE_BY_ITSELF, "manual")
_NAME = re.compile(rf"benhoc-(\d{{8}}-\d{{6}})-({'|'.join(KINDS)})\.tar\.gz")
QUIET_HOUR = 2


def name_of(moment: datetime, kind: str) -> str:
    return f"benhoc-{moment:%Y%m%d-%H%M%S}-{kind}.tar.gz"


def made_at(name: str) -> datetime | None:
    """When the backup of this name was made, by the clock of the place; None for any other file."""
    found = _NAME.fullmatch(name)
    return datetime.strptime(found[1], "%Y%m%d-%H%M%S") if found else None


def kind_of(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found[2] if found else ""


def newest(names: Iterable[str]) -> str | None:
    known = [name for name in names if made_at(name)]
    return max(known, key=lambda name: made_at(name) or datetime.min, default=None)


def outdated(names: Iterable[str], today: date, days: int) -> list[str]:
    """What the house made by itself more than `days` days ago; never the newest, never what a person asked for."""
    names = list(names)
    last = newest(names)
    before = today - timedelta(days=days)
    return sorted(
        name
        for name in names
        if (moment := made_at(name)) and moment.date() <= before and kind_of(name) in MADE_BY_ITSELF and name != last
    )


def is_due(names: Iterable[str], now: datetime) -> bool:
    """Whether tonight's copy is missing. A machine that was off at two o'clock makes it when it is on again."""
    days = {moment.date() for name in names if kind_of(name) == "nightly" and (moment := made_at(name))}
    return now.hour >= QUIET_HOUR and now.date() not in days
