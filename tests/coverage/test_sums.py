from datetime import date

from lms.coverage.actions.rebuilding import rebuild
from lms.coverage.engine.figures import POPULATIONS, Count
from lms.coverage.engine.subjects import activity_key
from lms.coverage.models import Tally
from lms.coverage.queries.sums import branches, people, total
from lms.people.models import Membership, PersonClass, UnitVersion
from tests.cast import Cast
from tests.coverage.world import DAY, done, make_course, make_indicators
from tests.factories import make_member

TAG = "tag:CDS:2023-01-01:2025-12-31"


def figure(root: UnitVersion, subject: str, population: str = "all", day: date = DAY) -> dict[str, Count]:
    return branches(people(root.path, [subject], day), subject, POPULATIONS[population])


def tallies() -> list[tuple[object, ...]]:
    rows = Tally.objects.exclude(people=0).values_list(
        "subject__key", "unit_id", "path", "person_class", "span", "starts", "people"
    )
    return sorted(rows)


def test_province_is_the_sum_of_its_children_and_its_own_people(cast: Cast) -> None:
    course = make_course()
    rebuild()
    done(cast.lan, course)
    done(cast.admin, course)

    counts = figure(cast.province, activity_key(course.pk))

    assert counts == {
        cast.province.path: Count(4, 1),
        cast.ba_tri.path: Count(2, 1),
        cast.y_te.path: Count(2, 0),
    }
    assert total(counts) == Count(8, 2)


def test_population_is_the_class_of_the_day(cast: Cast) -> None:
    course = make_course()
    rebuild()
    done(cast.binh, course)

    assert total(figure(cast.ba_tri, activity_key(course.pk), "full_time")) == Count(1, 1)
    assert total(figure(cast.ba_tri, activity_key(course.pk), "member")) == Count(1, 0)


def test_a_person_with_two_courses_counts_once_for_the_indicator(cast: Cast) -> None:
    make_indicators()
    first, second = make_course("course:1"), make_course("course:2")
    rebuild()
    done(cast.binh, first)
    done(cast.binh, second)

    assert total(figure(cast.ba_tri, TAG, "full_time")) == Count(1, 1)


def test_an_earlier_day_knows_nothing_of_later_completions(cast: Cast) -> None:
    course = make_course()
    rebuild()
    done(cast.lan, course, date(2024, 12, 19))

    subject = activity_key(course.pk)
    assert total(figure(cast.may, subject, day=date(2024, 12, 18))) == Count(1, 0)
    assert total(figure(cast.may, subject, day=date(2024, 12, 19))) == Count(1, 1)
    assert total(figure(cast.may, subject, day=date(2025, 3, 1))) == Count(1, 1)


def test_a_course_after_the_stage_does_not_count_for_its_indicator(cast: Cast) -> None:
    make_indicators()
    course = make_course()
    rebuild()
    done(cast.binh, course, date(2026, 1, 1))

    assert total(figure(cast.ba_tri, TAG, "full_time", date(2026, 2, 1))) == Count(1, 0)
    assert total(figure(cast.ba_tri, activity_key(course.pk), "full_time", date(2026, 2, 1))) == Count(1, 1)


def test_a_person_who_moves_takes_the_training_along(cast: Cast) -> None:
    course = make_course()
    Membership.objects.filter(member=cast.lan).update(valid_to=date(2024, 6, 1))
    Membership.objects.create(
        member=cast.lan, unit=cast.benh_vien.unit, person_class=PersonClass.MEMBER, valid_from=date(2024, 6, 1)
    )
    rebuild()
    done(cast.lan, course, date(2024, 3, 1))

    subject = activity_key(course.pk)
    assert figure(cast.province, subject, "member", date(2024, 5, 31))[cast.ba_tri.path] == Count(1, 1)
    later = figure(cast.province, subject, "member", date(2024, 6, 1))
    assert later[cast.ba_tri.path] == Count(0, 0)
    assert later[cast.y_te.path] == Count(2, 1)


def test_unions_that_do_not_count_are_in_no_figure(cast: Cast) -> None:
    course = make_course()
    UnitVersion.objects.filter(pk=cast.may.pk).update(counted=False)
    rebuild()
    done(cast.lan, course)

    assert total(figure(cast.ba_tri, activity_key(course.pk))) == Count(1, 0)


def test_increments_equal_a_rebuild(cast: Cast) -> None:
    make_indicators()
    courses = [make_course("course:1"), make_course("course:2"), make_course("contest:1", tags=(), kind="contest")]
    rebuild()
    for person in (cast.lan, cast.binh, cast.admin, make_member("Không Đơn Vị")):
        for course in courses:
            done(person, course)
            done(person, course)
    incremented = tallies()

    rebuild()

    assert tallies() == incremented
