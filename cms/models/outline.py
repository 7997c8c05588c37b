"""The outline of a course for one reader, from the ledger; for visitors and in previews from the pages."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from cms.engine.outline import Outline, Row
from cms.models.courses import CourseIndexPage, CoursePage
from cms.models.lessons import LessonPage
from lms.learning.models import Activity, Completion
from lms.learning.queries import CourseProgress, LessonState, course_progress


def outline_for(reader: Any, course: CoursePage) -> Outline:
    """One query."""
    if reader.is_authenticated:
        progress = course_progress(reader, course.activity_key)
        if progress.lessons:
            return outline_of(progress)
    return _from_pages(course)


def outline_of(progress: CourseProgress) -> Outline:
    rows = [_row(state) for state in progress.lessons]
    return Outline(
        rows=rows,
        done=progress.done,
        percent=progress.percent,
        minutes_left=progress.minutes_left,
        go_on=_row(progress.next) if progress.next else None,
        completed=progress.completed_at is not None,
    )


def _row(state: LessonState) -> Row:
    return Row(
        key=state.activity.key,
        title=state.activity.title,
        url=state.activity.url,
        minutes=state.activity.minutes,
        done=state.done,
        read=state.read,
        check_passed=state.check_passed,
        position=state.position,
    )


def _from_pages(course: CoursePage) -> Outline:
    lessons = LessonPage.objects.live().child_of(course).order_by("path")
    rows = [
        Row(key=lesson.activity_key, title=lesson.title, url=lesson.address, minutes=lesson.minutes)
        for lesson in lessons.defer("body")
    ]
    return Outline(rows=rows, minutes_left=sum(row.minutes for row in rows), go_on=rows[0] if rows else None)


@dataclass(frozen=True)
class CourseCard:
    course: CoursePage
    lessons: int
    done: int
    minutes: int
    completed: bool

    @property
    def percent(self) -> int:
        return 100 * self.done // self.lessons if self.lessons else 0


def course_cards(reader: Any, index: CourseIndexPage) -> list[CourseCard]:
    """Published courses in the editors' order, with the reader's own progress. Three queries; two for visitors."""
    courses = list(CoursePage.objects.live().public().child_of(index).order_by("path"))
    keys = {course.activity_key: course for course in courses}
    parts: dict[str, list[Activity]] = defaultdict(list)
    lessons = Activity.objects.filter(parent__key__in=keys, is_open=True).select_related("parent")
    for lesson in lessons if courses else ():
        assert lesson.parent is not None
        parts[lesson.parent.key].append(lesson)
    done: set[str] = set()
    if reader.is_authenticated and courses:
        wanted = [lesson.key for below in parts.values() for lesson in below] + list(keys)
        mine = Completion.objects.filter(member=reader, activity__key__in=wanted)
        done = set(mine.values_list("activity__key", flat=True))
    return [
        CourseCard(
            course=course,
            lessons=len(parts[key]),
            done=sum(lesson.key in done for lesson in parts[key]),
            minutes=course.minutes or sum(lesson.minutes for lesson in parts[key]),
            completed=key in done,
        )
        for key, course in keys.items()
    ]
