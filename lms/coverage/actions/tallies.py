"""Booking changes into the read model. Increments add, so their order doesn't matter."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import connection

from lms.coverage.engine.stays import Slot
from lms.coverage.engine.subjects import ROSTER
from lms.coverage.models import Span, Subject, Tally

_BATCH = 500
_Key = tuple[int, int, str, str, int, date]  # subject, unit, path, class, span, starts


def subject_of(key: str) -> Subject:
    """The subject of this key, made at first use."""
    activity_id = int(key.removeprefix("activity:")) if key.startswith("activity:") else None
    return Subject.objects.get_or_create(key=key, defaults={"activity_id": activity_id})[0]


def roster_subject() -> Subject:
    return subject_of(ROSTER)


def spans_of(changes: Counter[Slot], subject_id: int) -> Counter[_Key]:
    """Each change booked twice: in its month and on its day."""
    found: Counter[_Key] = Counter()
    for slot, people in changes.items():
        where = (subject_id, slot.unit_id, slot.path, slot.person_class)
        found[(*where, Span.MONTH.value, slot.day.replace(day=1))] += people
        found[(*where, Span.DAY.value, slot.day)] += people
    return found


def add(booked: Counter[_Key]) -> None:
    """One upsert for all rows, in a fixed order so that two writers never wait for each other in a circle."""
    rows = sorted((key, people) for key, people in booked.items() if people)
    for at in range(0, len(rows), _BATCH):
        batch = rows[at : at + _BATCH]
        places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(batch))
        values: list[int | str | date] = []
        for key, people in batch:
            values += [*key, people]
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT.format(places=places), values)


_UPSERT = (
    "INSERT INTO coverage_tally (subject_id, unit_id, path, person_class, span, starts, people) VALUES {places}"
    " ON CONFLICT (subject_id, span, path, person_class, starts)"
    " DO UPDATE SET people = coverage_tally.people + excluded.people"
)


def replace(unit_ids: Iterable[int], subject_ids: Iterable[int], booked: Counter[_Key]) -> None:
    """The tallies of these units and subjects are exactly `booked`."""
    Tally.objects.filter(unit_id__in=list(unit_ids), subject_id__in=list(subject_ids)).delete()
    Tally.objects.bulk_create(
        [
            Tally(
                subject_id=subject, unit_id=unit, path=path, person_class=person_class, span=span, starts=starts,
                people=people,
            )
            for (subject, unit, path, person_class, span, starts), people in sorted(booked.items())
            if people
        ],
        batch_size=2000,
    )  # fmt: skip
