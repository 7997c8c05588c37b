"""A member works through a lesson: where she is, that she read it, that she passed its self-check."""

from datetime import datetime

from django.db import transaction

from lms.learning.actions.completing import complete, touch
from lms.learning.engine import lesson_is_done
from lms.learning.models import Activity, Progress
from lms.people.models import Member


def note_position(member: Member, activity: Activity, *, position: str, now: datetime) -> None:
    """Remember the block last seen, so that the lesson opens there next time, on any device."""
    with transaction.atomic():
        progress = touch(member, activity.pk, now=now)
        Progress.objects.filter(pk=progress.pk).update(position=position[:80])
        if activity.parent_id is not None:
            touch(member, activity.parent_id, now=now)


def mark_read(member: Member, activity: Activity, *, now: datetime) -> None:
    """Read to the end. Completes the lesson when its rule is met, and the course with its last lesson."""
    _mark(member, activity, "read_at", now=now)


def mark_check_passed(member: Member, activity: Activity, *, now: datetime) -> None:
    """Self-check passed. Completes the lesson when its rule is met, and the course with its last lesson."""
    _mark(member, activity, "check_passed_at", now=now)


def _mark(member: Member, activity: Activity, what: str, *, now: datetime) -> None:
    with transaction.atomic():
        touch(member, activity.pk, now=now)
        progress = Progress.objects.select_for_update().get(member=member, activity=activity)
        if getattr(progress, what) is None:
            setattr(progress, what, now)
            progress.save(update_fields=[what])
        if activity.parent_id is not None:
            touch(member, activity.parent_id, now=now)
        if lesson_is_done(
            needs_check=activity.needs_check,
            read=progress.read_at is not None,
            check_passed=progress.check_passed_at is not None,
        ):
            complete(member, activity, now=now)
