"""Writing into the ledger: once for each member and activity, stamped with the unit and class of that day."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lms.learning.engine import Part, course_is_done
from lms.learning.models import Activity, Completion, Progress
from lms.learning.registry import listeners
from lms.people.models import Member
from lms.people.queries.places import place_of


def complete(member: Member, activity: Activity, *, now: datetime) -> Completion | None:
    """The completion if it is new, None if `member` had done `activity` before.

    Any number of parallel calls write one row: the unique constraint decides, and the losers see the winner's.
    """
    day = timezone.localdate(now)
    place = place_of(member, day)
    stamp = {
        "unit_id": place.unit_id if place else None,
        "unit_path": place.path if place else "",
        "person_class": place.person_class if place else "",
        "completed_at": now,
        "completed_on": day,
    }
    with transaction.atomic():
        completion, made = Completion.objects.get_or_create(member=member, activity=activity, defaults=stamp)
        if not made:
            return None
        listeners.tell_completed(completion)
        if activity.parent_id is not None:
            _complete_course(member, activity.parent_id, now=now)
    return completion


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
