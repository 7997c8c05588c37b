"""The read model anew from roster and ledger, some unions at a time, so that nobody waits long for the lock."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction

from lms.coverage.actions.tallies import replace, roster_subject, spans_of, subject_of
from lms.coverage.engine.stays import changes
from lms.coverage.engine.subjects import Aim
from lms.coverage.models import Subject
from lms.coverage.queries.aims import all_aims
from lms.coverage.queries.raw import deeds_by_member, stays_by_member
from lms.people.models import Unit

_UNITS_AT_ONCE = 8  # about a second of the lock where unions are large


def rebuild() -> None:
    """Everything. After bulk loading, and whenever the recount finds a difference."""
    aims = all_aims()
    Subject.objects.exclude(key__in=[aim.key for aim in aims]).delete()
    _rebuild(Unit.objects.values_list("pk", flat=True), aims, with_roster=True)


def rebuild_units(unit_ids: Iterable[int]) -> None:
    """After the roster or the tree changed: all figures of these unions."""
    _rebuild(unit_ids, all_aims(), with_roster=True)


def rebuild_subjects(keys: Collection[str] | None = None) -> None:
    """After indicators or tags changed: these subjects, or those of tags, in every union that has people."""
    aims = [aim for aim in all_aims() if (aim.key in keys if keys is not None else aim.key.startswith("tag:"))]
    known = set(Subject.objects.filter(key__startswith="tag:").values_list("key", flat=True))
    wanted = {aim.key for aim in aims}
    if keys is None:
        Subject.objects.filter(key__in=known - wanted).delete()
    _rebuild(Unit.objects.values_list("pk", flat=True), aims, with_roster=False)


def _rebuild(unit_ids: Iterable[int], aims: list[Aim], *, with_roster: bool) -> None:
    subjects = {aim.key: subject_of(aim.key).pk for aim in aims}
    roster = roster_subject().pk if with_roster else None
    units = sorted(unit_ids)
    for at in range(0, len(units), _UNITS_AT_ONCE):
        _rebuild_some(units[at : at + _UNITS_AT_ONCE], aims, subjects, roster)


def _rebuild_some(units: list[int], aims: list[Aim], subjects: dict[str, int], roster: int | None) -> None:
    """The lock on the units is the one that completions of their people take."""
    activities = frozenset().union(*(aim.activities for aim in aims))
    with transaction.atomic():
        list(Unit.objects.select_for_update(no_key=True).filter(pk__in=units).order_by("pk").values_list("pk"))
        stays = stays_by_member(units)
        deeds = deeds_by_member(units, activities)
        aims_of: dict[int, list[Aim]] = {pk: [a for a in aims if pk in a.activities] for pk in activities}
        booked: Counter[tuple] = Counter()  # type: ignore[type-arg]  # keys as in tallies
        for member, found in stays.items():
            if roster is not None:
                booked.update(spans_of(changes(found), roster))
            own = deeds.get(member, [])
            for aim in {a.key: a for deed in own for a in aims_of[deed.activity_id]}.values():
                booked.update(spans_of(changes(found, aim.first_day(own)), subjects[aim.key]))
        replace(units, [*subjects.values(), *([roster] if roster is not None else [])], booked)
