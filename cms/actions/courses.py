"""Courses and lessons made by programs. People make theirs in Wagtail."""

from typing import Any

from wagtail.models import Page

from cms.models import CourseIndexPage, CoursePage, LessonPage
from lms.people.models import Member


def add_course(*, title: str, by: Member | None = None, tags: list[str] | None = None, **fields: Any) -> CoursePage:
    """A draft course at the end of the list of courses. `fields` are those of `CoursePage`."""
    course = CoursePage(title=title, live=False, has_unpublished_changes=True, owner=by, **fields)
    course.tags = tags or []
    CourseIndexPage.objects.get().add_child(instance=course)
    course.save_revision(user=by)
    return course


def add_lesson(
    course: CoursePage, *, title: str, body: list[Any], by: Member | None = None, **fields: Any
) -> LessonPage:
    """A draft lesson at the end of `course`. `body` is a list of (block type, raw value), see `cms.blocks`."""
    lesson = LessonPage(title=title, live=False, has_unpublished_changes=True, owner=by, **fields)
    lesson.body = _stream(body)
    course.add_child(instance=lesson)
    lesson.save_revision(user=by)
    return lesson


def _stream(body: list[Any]) -> Any:
    """Raw values as Wagtail stores them; looking at each gives every item of a list its lasting id."""
    stream = LessonPage._meta.get_field("body").stream_block.to_python(
        [{"type": kind, "value": value} for kind, value in body]
    )
    for block in stream:
        _ = block.value
    return stream


def publish(page: Page, *, by: Member | None = None) -> None:
    """Publish the page as it stands; the receivers tell the ledger and the search."""
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
