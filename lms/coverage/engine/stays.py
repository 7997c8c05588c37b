"""From a person's dated places and deeds to changes of counts. Pure; the one rule that increments and rebuild share.

A person stands in one place a day: where memberships overlap, the later one holds from its first day on. She counts
as trained at a place from the first day on which she both belongs there and has done the subject, until she leaves.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FOREVER = date.max


@dataclass(frozen=True)
class Belonging:
    """One membership."""

    unit_id: int
    person_class: str
    since: date
    until: date | None = None  # the first day on which it no longer holds


@dataclass(frozen=True)
class Standing:
    """Where a unit stood in the tree in a period, and whether it counts in denominators."""

    path: str
    since: date
    until: date | None = None
    counted: bool = True


@dataclass(frozen=True)
class Stay:
    """A person at one path in one class, in a period [since, until)."""

    unit_id: int
    path: str
    person_class: str
    since: date
    until: date


@dataclass(frozen=True, order=True)
class Slot:
    """Where a change is booked."""

    unit_id: int
    path: str
    person_class: str
    day: date


def stays_of(belongings: Iterable[Belonging], standings: dict[int, list[Standing]]) -> list[Stay]:
    """A person's stays at counted units, without overlap."""
    ordered = sorted(belongings, key=lambda b: (b.since, b.unit_id))
    stays: list[Stay] = []
    for place, belonging in enumerate(ordered):
        until = belonging.until or FOREVER
        if place + 1 < len(ordered):
            until = min(until, ordered[place + 1].since)
        for standing in standings.get(belonging.unit_id, ()):
            first, last = max(belonging.since, standing.since), min(until, standing.until or FOREVER)
            if standing.counted and first < last:
                stays.append(Stay(belonging.unit_id, standing.path, belonging.person_class, first, last))
    return stays


def changes(stays: Iterable[Stay], done_on: date | None = date.min) -> Counter[Slot]:
    """+1 where the person begins to count, -1 where she ceases to. `done_on` None: never did it.

    The default counts her from the first day of each stay: the roster.
    """
    found: Counter[Slot] = Counter()
    if done_on is None:
        return found
    for stay in stays:
        if done_on >= stay.until:
            continue
        found[Slot(stay.unit_id, stay.path, stay.person_class, max(stay.since, done_on))] += 1
        if stay.until != FOREVER:
            found[Slot(stay.unit_id, stay.path, stay.person_class, stay.until)] -= 1
    return found


def difference(new: Counter[Slot], old: Counter[Slot]) -> Counter[Slot]:
    """What to add so that `old` becomes `new`; slots that stay equal are left out."""
    total = Counter(new)
    total.subtract(old)
    return Counter({slot: people for slot, people in total.items() if people})
