"""Who is alive and who keeps the clock, by leases: one clock however many processes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.tick.actions import give_leases_back, give_sign, prune
from lms.tick.models import Lease
from lms.tick.queries import alive_workers, still_mine
from lms.tick.threads import Threads
from lms.web import later
from tests.quizzes.attempts import at_once

NOON = datetime(2024, 6, 1, 5, tzinfo=UTC)
LIFE, SECOND = timedelta(seconds=15), timedelta(seconds=1)


def sign(holder: str, now: datetime) -> bool:
    return give_sign(holder, now=now, expired=now - LIFE)


def test_the_clock_stays_with_who_has_it_until_it_was_silent_for_a_life(db: None) -> None:
    assert sign("one", NOON)
    assert not sign("two", NOON + SECOND)
    assert sign("one", NOON + 10 * SECOND)
    assert not sign("two", NOON + 24 * SECOND)
    assert sign("two", NOON + 25 * SECOND)
    assert not sign("one", NOON + 26 * SECOND)


def test_who_ends_in_good_order_is_followed_at_once(db: None) -> None:
    assert sign("one", NOON)
    give_leases_back("one")

    assert sign("two", NOON)
    assert alive_workers(since=NOON - SECOND) == {"two"}


def test_a_silent_worker_is_not_among_the_living(db: None) -> None:
    sign("one", NOON)
    sign("two", NOON + LIFE)

    assert alive_workers(since=NOON) == {"two"}


def test_of_many_that_ask_at_once_one_keeps_the_clock(real_db: None) -> None:
    leads = at_once(8, lambda index: sign(f"worker-{index}", NOON))

    assert sorted(map(str, leads)) == ["False"] * 7 + ["True"]


def test_leases_of_the_long_dead_are_dropped(db: None) -> None:
    sign("one", NOON)

    prune(before=NOON + SECOND)

    assert not Lease.objects.exists()


def test_a_task_is_lost_when_it_was_made_ready_or_begun_by_another(db: None) -> None:
    row = DBTaskResult.objects.create(
        task_path="lms.web.later.run", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", run_after=NOON
    )
    row.claim("one")
    assert still_mine(row.pk, "one")
    DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY)
    assert not still_mine(row.pk, "one")
    row.claim("two")
    assert not still_mine(row.pk, "one")


def test_a_second_process_leaves_the_clock_alone_and_runs_tasks(real_db: None) -> None:
    calls: list[str] = []
    later.beats["test.beat"] = later.Beat("test.beat", 3600, lambda _: calls.append("beat"))
    later.tasks["test.note"] = lambda: calls.append("task")
    first, second = Threads(), Threads()
    try:
        first.pulse.beat()
        later.enqueue("test.note")
        second.run_once()
        assert (first.pulse.leads, second.pulse.leads, calls) == (True, False, ["task"])
        first.run_once()
        assert calls == ["task", "beat"]
    finally:
        del later.beats["test.beat"], later.tasks["test.note"]
    assert not Lease.objects.exists()


@pytest.mark.parametrize("name", sorted(later.beats))
def test_calling_it_twice_does_what_calling_it_once_does(name: str, cast: object) -> None:
    now = datetime.now(UTC)
    later.beats[name].function(now)
    once = _everything()
    later.beats[name].function(now)

    assert _everything() == once


def _everything() -> dict[str, list[object]]:
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # our own tables
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows
