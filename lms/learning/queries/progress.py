"""How far a member has come. Each screen's question in a fixed number of queries, whatever the course's length."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, FilteredRelation, Q, QuerySet

from lms.learning.engine import Part, minutes_left, percent_done
from lms.learning.models import Activity, Completion, Kind
from lms.people.models import Member


@dataclass(frozen=True)
class LessonState:
    activity: Activity
    done: bool = False
    position: str = ""  # the block last seen
    read: bool = False
    check_passed: bool = False
    touched_at: datetime | None = None


@dataclass(frozen=True)
class CourseProgress:
    """One member in one course. A course that isn't in the ledger (a draft) has no lessons and is at 0 %."""

    course: Activity | None
    done: int = 0
    total: int = 0
    percent: int = 0
    minutes_left: int = 0
    lessons: list[LessonState] = field(default_factory=list)
    next: LessonState | None = None  # where to go on: the open lesson last touched, else the first one
    completed_at: datetime | None = None


def course_progress(member: Member, course_key: str) -> CourseProgress:
    """One query."""
    rows = _with_state(member, Q(key=course_key) | Q(parent__key=course_key, is_open=True))
    course = next((row for row in rows if row.key == course_key), None)
    return _progress(course, [row for row in rows if row.key != course_key])


def courses_in_progress(member: Member) -> list[CourseProgress]:
    """Courses begun and not done, the one last touched first. Two queries."""
    begun = Activity.objects.filter(progress__member=member, kind=Kind.COURSE, is_open=True)
    open_ids = begun.exclude(completions__member=member).order_by("-progress__touched_at")
    ids = list(open_ids.values_list("pk", flat=True))
    if not ids:
        return []
    parts: dict[int | None, list[Activity]] = defaultdict(list)
    courses: dict[int, Activity] = {}
    for row in _with_state(member, Q(pk__in=ids) | Q(parent_id__in=ids, is_open=True)):
        if row.pk in ids:
            courses[row.pk] = row
        else:
            parts[row.parent_id].append(row)
    return [_progress(courses[pk], parts[pk]) for pk in ids]


def courses_done(member: Member) -> QuerySet[Completion]:
    """Completed courses with their activity, the latest first."""
    done = Completion.objects.filter(member=member, activity__kind=Kind.COURSE)
    return done.select_related("activity").order_by("-completed_at")


def has_completed(member: Member, key: str) -> bool:
    return Completion.objects.filter(member=member, activity__key=key).exists()


def _with_state(member: Member, which: Q) -> list[Activity]:
    """Activities with this member's own completion and progress beside them."""
    return list(
        Activity.objects.filter(which)
        .annotate(
            own_completion=FilteredRelation("completions", condition=Q(completions__member=member)),
            own_progress=FilteredRelation("progress", condition=Q(progress__member=member)),
        )
        .annotate(
            done_at=F("own_completion__completed_at"),
            seen=F("own_progress__position"),
            read_at=F("own_progress__read_at"),
            passed_at=F("own_progress__check_passed_at"),
            touched=F("own_progress__touched_at"),
        )
        .order_by("place", "pk")
    )


def _progress(course: Activity | None, rows: Iterable[Activity]) -> CourseProgress:
    lessons = [_state(row) for row in rows]
    parts = [Part(minutes=lesson.activity.minutes, done=lesson.done) for lesson in lessons]
    done = sum(part.done for part in parts)
    return CourseProgress(
        course=course,
        done=done,
        total=len(lessons),
        percent=percent_done(done, len(lessons)),
        minutes_left=minutes_left(parts),
        lessons=lessons,
        next=_next(lessons),
        completed_at=getattr(course, "done_at", None),
    )


def _state(row: Activity) -> LessonState:
    """From an activity annotated by `_with_state`."""
    extra = vars(row)
    return LessonState(
        activity=row,
        done=extra["done_at"] is not None,
        position=extra["seen"] or "",
        read=extra["read_at"] is not None,
        check_passed=extra["passed_at"] is not None,
        touched_at=extra["touched"],
    )


def _next(lessons: list[LessonState]) -> LessonState | None:
    left = [lesson for lesson in lessons if not lesson.done]
    touched = [(lesson.touched_at, lesson) for lesson in left if lesson.touched_at]
    if touched:
        return max(touched, key=lambda pair: pair[0])[1]
    return left[0] if left else None
