from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.tick.actions import prune, reap
from lms.tick.clock import Clock
from lms.tick.worker import Drain
from lms.web import later

NOON = datetime(2024, 6, 1, 5, tzinfo=UTC)


@pytest.fixture
def noted() -> Iterator[list[int]]:
    """What the task "test.note" was called with."""
    calls: list[int] = []
    later.tasks["test.note"] = lambda number: calls.append(number)
    later.tasks["test.fail"] = lambda: 1 / 0
    yield calls
    del later.tasks["test.note"], later.tasks["test.fail"]


def test_a_task_runs_once_and_in_order(real_db: None, noted: list[int]) -> None:
    later.enqueue("test.note", number=1)
    later.enqueue("test.note", number=2)

    Drain("test").run_ready()
    Drain("test").run_ready()

    assert noted == [1, 2]


def test_a_task_of_a_transaction_that_rolls_back_never_runs(real_db: None, noted: list[int]) -> None:
    with transaction.atomic():
        later.enqueue("test.note", number=1)
        transaction.set_rollback(rollback=True)

    Drain("test").run_ready()

    assert noted == []


def test_a_failing_task_stops_no_other(real_db: None, noted: list[int]) -> None:
    later.enqueue("test.fail")
    later.enqueue("test.note", number=3)

    Drain("test").run_ready()

    assert noted == [3]
    assert DBTaskResult.objects.failed().count() == 1


def test_an_unknown_name_is_refused_where_it_is_asked_for(db: None) -> None:
    with pytest.raises(LookupError):
        later.enqueue("test.no_such_task")


def test_two_tasks_of_one_name_are_refused(noted: list[int]) -> None:
    with pytest.raises(ValueError, match=r"two tasks are called 'test\.note'"):
        later.task("test.note")(print)


def test_a_task_left_running_by_a_crash_is_run_again_three_times_at_most(db: None, noted: list[int]) -> None:
    DBTaskResult.objects.all().delete()  # Wagtail's own, stored while migrating
    later.enqueue("test.note", number=4)
    row = DBTaskResult.objects.get()
    for _ in range(3):
        row.claim("lost")
        DBTaskResult.objects.update(started_at=NOON)
        assert reap(alive=["lost"], before=NOON) == 0
        assert reap(alive=[], before=NOON - timedelta(seconds=1)) == 0
        assert reap(alive=["another"], before=NOON) == 1
        row.refresh_from_db()

    assert row.status == TaskResultStatus.FAILED


def test_old_results_are_dropped_and_failures_kept(real_db: None, noted: list[int]) -> None:
    DBTaskResult.objects.all().delete()
    later.enqueue("test.fail")
    later.enqueue("test.note", number=5)
    Drain("test").run_ready()
    DBTaskResult.objects.update(finished_at=NOON)

    assert prune(before=NOON) == 0
    assert prune(before=NOON + timedelta(seconds=1)) == 1
    assert DBTaskResult.objects.failed().count() == 1


def test_the_clock_calls_what_is_due_and_goes_on_after_a_failure(db: None) -> None:
    calls: list[str] = []
    clock = Clock(
        [
            later.Beat("often", 0, lambda _: calls.append("often")),
            later.Beat("broken", 0, lambda _: 1 / 0),
            later.Beat("rarely", 3600, lambda _: calls.append("rarely")),
        ]
    )

    clock.run_due()
    clock.run_due()

    assert calls == ["often", "rarely", "often"]


def test_the_command_runs_everything_once(real_db: None, noted: list[int]) -> None:
    later.enqueue("test.note", number=6)

    call_command("tick", "--once")

    assert noted == [6]
