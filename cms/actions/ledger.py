"""Keeping the ledger's activities, the search and the list of used files in step with the pages."""

from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from cms.engine.words import haystack
from cms.models import CoursePage, LessonPage, PageText
from lms.learning.actions import close_activity, open_activity
from lms.learning.models import Activity, Kind


def sync_course(course: CoursePage) -> None:
    """Activities of a course and its lessons as the pages are now: titles, addresses, order, open or closed."""
    lessons = list(LessonPage.objects.child_of(course).order_by("path"))
    if not course.live:
        close_course(course, lessons)
        return
    minutes = course.minutes or sum(lesson.minutes for lesson in lessons if lesson.live)
    parent = open_activity(
        key=course.activity_key,
        kind=Kind.COURSE,
        title=course.title,
        url=course.url or "",
        place=_place(course),
        tags=course.tags,
        minutes=minutes,
    )
    for place, lesson in enumerate(lessons, start=1):
        _sync_lesson(lesson, parent, place, url=f"{parent.url}{lesson.slug}/")


def close_course(course: CoursePage, lessons: list[LessonPage]) -> None:
    close_activity(course.activity_key)
    for lesson in lessons:
        close_activity(lesson.activity_key)


def _sync_lesson(lesson: LessonPage, parent: Activity, place: int, *, url: str) -> None:
    if not lesson.live:
        close_activity(lesson.activity_key)
        return
    open_activity(
        key=lesson.activity_key,
        kind=Kind.LESSON,
        title=lesson.title,
        url=url,
        parent=parent,
        place=place,
        minutes=lesson.minutes,
        needs_check=bool(lesson.questions()),
    )


def _place(course: CoursePage) -> int:
    """Order among its siblings, from Wagtail's own path."""
    return int(course.path[-course.steplen :], 36)


def index_page(page: Page) -> None:
    """The words of a live page for the search; nothing of one that isn't live."""
    if not page.live:
        forget_page(page)
        return
    body = page.plain_text()
    PageText.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "folded_title": haystack(page.title)[:600],
            "folded": haystack(f"{page.title} {body}"),
            "body": " ".join(body.split()),
        },
    )


def note_files(page: Page) -> None:
    """Which files the page shows, known at once: Wagtail's own task, which says so later, may wait in a queue."""
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(page)


def forget_page(page: Page) -> None:
    PageText.objects.filter(page_id=page.pk).delete()
