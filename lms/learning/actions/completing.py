"""Writing into the ledger: once for each member and activity, stamped with the unit and class of that day."""

from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from lms.learning.engine import Part, course_is_done
from lms.learning.models import Activity, Completion, Progress
from lms.learning.registry import listeners
from lms.people.models import Member
from lms.people.queries.places import places_of


def complete(member: Member, activity: Activity, *, now: datetime) -> Completion | None:
    """The completion if it is new, None if `member` had done `activity` before.

    Any number of parallel calls write one row: the unique constraint decides, and the losers see the winner's.
    """
    made = complete_all(activity, {member.pk: now})
    return made[0] if made else None


def complete_all(activity: Activity, done_at: Mapping[int, datetime]) -> list[Completion]:
    """The new completions of people (ids) who did `activity` at these moments; who had done it before is left out."""
    known = Completion.objects.filter(activity=activity, member_id__in=list(done_at)).values_list(
        "member_id", flat=True
    )
    before = set(known)
    asked = [_stamped(activity, some) for some in _by_day(done_at, leave_out=before).items()]
    rows = [row for some in asked for row in some]
    if not rows:
        return []
    with transaction.atomic(savepoint=False):
        made = _insert(rows)
        if made:
            listeners.tell_completed(made)
        if activity.parent_id is not None:
            for completion in made:
                _complete_course(completion.member, activity.parent_id, now=completion.completed_at)
    return made


def _by_day(done_at: Mapping[int, datetime], *, leave_out: Container[int]) -> dict[date, dict[int, datetime]]:
    days: dict[date, dict[int, datetime]] = {}
    for member_id, moment in sorted(done_at.items()):
        if member_id not in leave_out:
            days.setdefault(timezone.localdate(moment), {})[member_id] = moment
    return days


def _stamped(activity: Activity, day_and_people: tuple[date, Mapping[int, datetime]]) -> list[Completion]:
    day, people = day_and_people
    places = places_of(people, day)
    found = []
    for member_id, moment in people.items():
        row = Completion(member_id=member_id, activity=activity, completed_at=moment, completed_on=day)
        if place := places.get(member_id):
            row.unit_id, row.unit_path, row.person_class = place.unit_id, place.path, place.person_class
        found.append(row)
    return found


def _insert(rows: Sequence[Completion]) -> list[Completion]:
    """Those that weren't there yet: in one statement, so that of parallel calls each counts what it has written."""
    moment, day = connection.ops.adapt_datetimefield_value, connection.ops.adapt_datefield_value
    values: list[Any] = []
    for row in rows:
        values += [row.member_id, row.activity_id, row.unit_id, row.unit_path, row.person_class]
        values += [moment(row.completed_at), day(row.completed_on)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(rows=", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(rows))), values)
        ids = {member_id: pk for pk, member_id in cursor.fetchall()}
    made = [row for row in rows if row.member_id in ids]
    for row in made:
        row.pk, row._state.adding = ids[row.member_id], False
    return made


_INSERT = f"""
    INSERT INTO {Completion._meta.db_table}
        (member_id, activity_id, unit_id, unit_path, person_class, completed_at, completed_on)
    VALUES {{rows}} ON CONFLICT (member_id, activity_id) DO NOTHING RETURNING id, member_id"""  # noqa: S608  # a table's name


def _complete_course(member: Member, course_id: int, *, now: datetime) -> None:
    """Completes the course if this was its last open lesson. The lock makes two last lessons at once see each other."""
    touch(member, course_id, now=now)
    Progress.objects.select_for_update().get(member=member, activity_id=course_id)
    lessons = Activity.objects.filter(parent_id=course_id, is_open=True).values_list("pk", flat=True)
    done = set(Completion.objects.filter(member=member, activity_id__in=lessons).values_list("activity_id", flat=True))
    if course_is_done(Part(minutes=0, done=pk in done) for pk in lessons):
        complete(member, Activity.objects.get(pk=course_id), now=now)


def touch(member: Member, activity_id: int, *, now: datetime) -> Progress:
    """The member's progress row of this activity, made if need be, with `now` as the last sign of life."""
    progress, made = Progress.objects.get_or_create(
        member=member, activity_id=activity_id, defaults={"touched_at": now}
    )
    if not made:
        Progress.objects.filter(pk=progress.pk).update(touched_at=now)
    return progress
