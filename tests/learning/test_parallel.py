"""Double clicks, two devices, retried requests: real threads, real commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.db import connection

from lms.learning import actions
from lms.learning.models import Completion
from tests.cast import Cast
from tests.learning.test_actions import make_course

NOW = datetime(2024, 12, 20, 8, tzinfo=UTC)


def run(calls: list[Callable[[], object]], workers: int) -> list[object]:
    def one(call: Callable[[], object]) -> object:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, calls))


def test_fifty_parallel_completions_write_one(real_cast: Cast) -> None:
    course, _ = make_course()

    results = run([lambda: actions.complete(real_cast.lan, course, now=NOW)] * 50, workers=10)

    assert Completion.objects.count() == 1
    assert sum(result is not None for result in results) == 1


def test_fifty_parallel_clicks_through_a_course_complete_each_part_once(real_cast: Cast) -> None:
    _, lessons = make_course(2, needs_check=True)
    deeds = (actions.mark_read, actions.mark_check_passed)
    clicks = [
        lambda deed=deed, lesson=lesson: deed(real_cast.lan, lesson, now=NOW)
        for _ in range(13)
        for deed in deeds
        for lesson in lessons
    ]

    run(clicks, workers=10)

    assert sorted(Completion.objects.values_list("activity__key", flat=True)) == ["course:1", "lesson:0", "lesson:1"]


def test_fifty_parallel_openings_make_one_activity(real_cast: Cast) -> None:
    made = run([lambda: make_course(0)[0].pk] * 50, workers=10)

    assert len(set(made)) == 1
