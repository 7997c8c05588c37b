from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lms.learning import actions, queries
from lms.learning.models import Activity, Completion
from tests.cast import Cast
from tests.factories import make_member

NOW = datetime(2024, 12, 19, 18, 30, tzinfo=UTC)  # 20/12/2024, 01:30 in Vietnam


def make_course(lessons: int = 2, *, needs_check: bool = False) -> tuple[Activity, list[Activity]]:
    course = actions.open_activity(key="course:1", kind="course", title="CĐS", url="/cds/", tags=["CDS"])
    parts = [
        actions.open_activity(
            key=f"lesson:{n}", kind="lesson", title=f"Bài {n}", url=f"/cds/{n}/", parent=course, place=n,
            minutes=5, needs_check=needs_check,
        )
        for n in range(lessons)
    ]  # fmt: skip
    return course, parts


def test_reading_every_lesson_completes_the_course(cast: Cast) -> None:
    course, (first, second) = make_course()

    actions.mark_read(cast.lan, first, now=NOW)
    assert not queries.has_completed(cast.lan, course.key)
    actions.mark_read(cast.lan, second, now=NOW)

    done = Completion.objects.order_by("pk").values_list("activity__key", flat=True)
    assert list(done) == ["lesson:0", "lesson:1", "course:1"]


def test_completion_is_stamped_with_the_day_in_vietnam_and_the_unit_of_that_day(cast: Cast) -> None:
    course, _ = make_course()

    completion = actions.complete(cast.lan, course, now=NOW)

    assert completion is not None
    assert completion.completed_on == date(2024, 12, 20)
    assert (completion.unit_id, completion.unit_path, completion.person_class) == (
        cast.may.unit_id, cast.may.path, "member",
    )  # fmt: skip


def test_person_without_a_unit_completes_with_an_empty_stamp(cast: Cast) -> None:
    course, _ = make_course()

    completion = actions.complete(make_member("Không Đơn Vị"), course, now=NOW)

    assert completion is not None
    assert (completion.unit_id, completion.unit_path, completion.person_class) == (None, "", "")


@pytest.mark.parametrize("order", [("mark_read", "mark_check_passed"), ("mark_check_passed", "mark_read")])
def test_lesson_with_a_check_needs_both_in_any_order(cast: Cast, order: tuple[str, str]) -> None:
    _, (lesson,) = make_course(1, needs_check=True)

    getattr(actions, order[0])(cast.lan, lesson, now=NOW)
    assert not queries.has_completed(cast.lan, lesson.key)
    getattr(actions, order[1])(cast.lan, lesson, now=NOW)

    assert queries.has_completed(cast.lan, lesson.key)


def test_completing_again_changes_nothing(cast: Cast) -> None:
    course, _ = make_course()
    actions.complete(cast.lan, course, now=NOW)

    again = actions.complete(cast.lan, course, now=NOW + timedelta(days=3))

    assert again is None
    assert Completion.objects.get().completed_at == NOW


def test_opening_again_updates_and_reopens(cast: Cast) -> None:
    course, _ = make_course()
    actions.close_activity(course.key)

    actions.open_activity(key=course.key, kind="course", title="Mới", url="/moi/")

    course.refresh_from_db()
    assert (course.title, course.url, course.tags, course.is_open) == ("Mới", "/moi/", [], True)
    assert Activity.objects.filter(key=course.key).count() == 1


def test_closed_lesson_is_not_asked_for(cast: Cast) -> None:
    course, (first, second) = make_course()
    actions.close_activity(second.key)

    actions.mark_read(cast.lan, first, now=NOW)

    assert queries.has_completed(cast.lan, course.key)


def test_position_is_kept_and_the_course_goes_on_there(cast: Cast) -> None:
    course, (_, second) = make_course()

    actions.note_position(cast.lan, second, position="block-7", now=NOW)

    progress = queries.course_progress(cast.lan, course.key)
    assert progress.next is not None
    assert (progress.next.activity, progress.next.position) == (second, "block-7")
    assert [found.course for found in queries.courses_in_progress(cast.lan)] == [course]


@pytest.mark.parametrize("lessons", [1, 3])
def test_progress_of_a_course_is_one_query(
    cast: Cast, lessons: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    course, parts = make_course(lessons)
    actions.mark_read(cast.lan, parts[0], now=NOW)

    with django_assert_num_queries(1):
        progress = queries.course_progress(cast.lan, course.key)

    assert (progress.done, progress.total, progress.percent) == (1, lessons, 100 // lessons)
    assert progress.minutes_left == 5 * (lessons - 1)


def test_others_progress_does_not_show(cast: Cast) -> None:
    course, parts = make_course()
    actions.mark_read(cast.chau, parts[0], now=NOW)

    progress = queries.course_progress(cast.lan, course.key)

    assert [lesson.done for lesson in progress.lessons] == [False, False]
    assert progress.next is not None
    assert progress.next.activity == parts[0]


def test_course_outside_the_ledger_has_no_progress(cast: Cast) -> None:
    assert queries.course_progress(cast.lan, "course:draft") == queries.CourseProgress(course=None)
