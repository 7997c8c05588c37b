"""Completions and rebuilds at the same time, in real threads: the counts stay those of the ledger."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from lms.coverage.actions.rebuilding import rebuild, rebuild_units
from lms.coverage.engine.figures import Count
from lms.coverage.engine.subjects import activity_key
from lms.coverage.queries.sums import total
from lms.people.models import PersonClass
from tests.cast import Cast
from tests.coverage.test_sums import TAG, figure, tallies
from tests.coverage.world import done, make_course, make_indicators
from tests.factories import make_member


def together(calls: list[Callable[[], object]]) -> None:
    def one(call: Callable[[], object]) -> None:
        try:
            call()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, calls))


def test_completions_beside_rebuilds_are_all_counted_once(real_cast: Cast) -> None:
    make_indicators()
    courses = [make_course("course:1"), make_course("course:2")]
    units = (real_cast.may, real_cast.truong)
    people = [make_member(f"Người {n}", unit=units[n % 2], person_class=PersonClass.FULL_TIME) for n in range(12)]
    rebuild()
    learn = [lambda p=person, c=course: done(p, c) for person in people for course in courses for _ in range(2)]
    mend = [lambda u=unit: rebuild_units([u.unit_id]) for unit in units for _ in range(3)]
    calls: list[Callable[[], object]] = [*learn]
    for at, call in enumerate(mend):
        calls.insert(at * 8, call)

    together(calls)

    counted = tallies()
    assert total(figure(real_cast.ba_tri, TAG, "full_time")) == Count(13, 12)
    assert total(figure(real_cast.ba_tri, activity_key(courses[0].pk), "full_time")) == Count(13, 12)
    rebuild()
    assert tallies() == counted
