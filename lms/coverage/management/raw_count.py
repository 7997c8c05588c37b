"""The independent recount: every figure from raw rows of roster and ledger, person by person, in plain Python.

It shares nothing with the dashboard: no query, no read model, no engine. Slow and simple on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lms.learning.models import Activity, Completion
from lms.people.models import Membership, UnitVersion

CLASSES = {
    "full_time": {"full_time"},
    "part_time": {"part_time"},
    "member": {"member"},
    "all": {"full_time", "part_time", "member", "worker"},
}


@dataclass(frozen=True)
class Place:
    unit_id: int
    person_class: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Raw:
    """Everything there is, read once."""

    places: dict[int, list[Place]]  # member -> memberships
    units: list[tuple[int, str, date, date | None, bool]]  # unit, path, from, until, counted
    deeds: dict[int, list[tuple[int, date]]]  # member -> (activity, day)
    activities: dict[int, tuple[str, list[str]]]  # id -> kind, tags


def read_raw() -> Raw:
    places: dict[int, list[Place]] = defaultdict(list)
    for row in Membership.objects.all().iterator():
        places[row.member_id].append(Place(row.unit_id, row.person_class, row.valid_from, row.valid_to))
    units = [
        (row.unit_id, row.path, row.valid_from, row.valid_to, row.counted)
        for row in UnitVersion.objects.all().iterator()
    ]
    deeds: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for deed in Completion.objects.all().iterator():
        deeds[deed.member_id].append((deed.activity_id, deed.completed_on))
    activities = {row.pk: (row.kind, list(row.tags)) for row in Activity.objects.all().iterator()}
    return Raw(places, units, deeds, activities)


def counted_activities(raw: Raw) -> list[int]:
    return [pk for pk, (kind, _tags) in raw.activities.items() if kind in ("course", "contest", "class")]


Figure = tuple[int, str]  # unit, population
Counts = dict[Figure, tuple[int, int]]  # people who should, people who did


def recount(raw: Raw, subject: str, day: date) -> Counts:
    """(should, did) of `subject` for every unit of the tree of `day` with everything below it, and each population."""
    standing = {
        unit_id: (path, counted)
        for unit_id, path, since, until, counted in raw.units
        if since <= day and (until is None or until > day)
    }
    should: dict[Figure, set[int]] = defaultdict(set)
    did: dict[Figure, set[int]] = defaultdict(set)
    for member, places in raw.places.items():
        here = [p for p in places if p.since <= day and (p.until is None or p.until > day)]
        if not here:
            continue
        place = max(here, key=lambda p: (p.since, p.unit_id))
        path, counted = standing.get(place.unit_id, ("", False))
        if not counted:
            continue
        has_done = _has_done(raw, member, subject, day)
        for population, classes in CLASSES.items():
            if place.person_class in classes:
                for at in range(0, len(path), 6):
                    figure = (int(path[at : at + 6]), population)
                    should[figure].add(member)
                    if has_done:
                        did[figure].add(member)
    return {
        (unit_id, population): (len(should[(unit_id, population)]), len(did[(unit_id, population)]))
        for unit_id in standing
        for population in CLASSES
    }


def _has_done(raw: Raw, member: int, subject: str, day: date) -> bool:
    kind, _, rest = subject.partition(":")
    deeds = [(activity, when) for activity, when in raw.deeds.get(member, []) if when <= day]
    if kind == "activity":
        return any(activity == int(rest) for activity, _when in deeds)
    tag, since, until = rest.rsplit(":", 2)
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    return any(first <= when <= last and _is_training(raw, activity, tag) for activity, when in deeds)


def _is_training(raw: Raw, activity: int, tag: str) -> bool:
    kind, tags = raw.activities[activity]
    return kind in ("course", "class") and tag in tags


@dataclass(frozen=True)
class Difference:
    unit_id: int
    population: str
    subject: str
    day: date
    expected: tuple[int, int]
    got: tuple[int, int]


def differences(expected: Counts, got: Counts, subject: str, day: date) -> Iterable[Difference]:
    for figure in sorted(set(expected) | set(got)):
        wanted, found = expected.get(figure, (0, 0)), got.get(figure, (0, 0))
        if wanted != found:
            yield Difference(*figure, subject, day, wanted, found)
