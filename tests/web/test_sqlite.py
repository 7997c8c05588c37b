"""Writers of one process take turns. Runs on SQLite; on PostgreSQL the server does it."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection, connections, transaction

from lms.people.models import Member
from lms.web.sqlite.lock import FairLock
from tests.factories import make_member

THREADS, WRITES = 8, 25


@pytest.fixture(autouse=True)
def no_turn_is_left_over(real_db: None) -> Iterator[None]:
    yield
    assert getattr(connection, "has_turn", False) is False


def in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run `work(0)` … `work(count - 1)` at once; what they raised."""
    raised: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_many_threads_that_read_and_then_write_lose_nothing() -> None:
    member = make_member("Lê Thị Sen", birth_year=0)

    def work(_number: int) -> None:
        for _ in range(WRITES):
            with transaction.atomic():
                row = Member.objects.select_for_update().get(pk=member.pk)
                row.birth_year = (row.birth_year or 0) + 1
                row.save(update_fields=["birth_year"])

    raised = in_threads(THREADS, work)

    member.refresh_from_db()
    assert (raised, member.birth_year) == ([], THREADS * WRITES)


def test_single_statements_outside_transactions_take_turns_too() -> None:
    def work(number: int) -> None:
        for step in range(WRITES):
            Member.objects.create(username=f"{number}-{step}", full_name="Trần Văn Mẫu")
            Member.objects.filter(username=f"{number}-{step}").update(birth_year=1990)

    raised = in_threads(THREADS, work)

    assert (raised, Member.objects.filter(birth_year=1990).count()) == ([], THREADS * WRITES)


def test_a_transaction_that_fails_or_loses_its_connection_gives_its_turn_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = make_member("Ai Đó").pk / 0
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO no_such_table VALUES (1)")
    with transaction.atomic():
        connection.close()

    make_member("Người Sau")

    assert Member.objects.count() == 1


def test_an_unresting_writer_lets_others_in_within_a_tenth_of_a_second() -> None:
    stop = threading.Event()
    waits: list[float] = []

    def work(number: int) -> None:
        if number == 0:
            while not stop.is_set():
                with transaction.atomic():
                    Member.objects.update(birth_year=1980)
            return
        for step in range(WRITES):
            begun = time.perf_counter()
            Member.objects.create(username=f"late-{step}", full_name="Người Đến Sau")
            waits.append(time.perf_counter() - begun)
        stop.set()

    raised = in_threads(2, work)

    assert (raised, len(waits)) == ([], WRITES)
    assert sorted(waits)[WRITES // 2] < 0.1


def test_the_lock_is_handed_over_in_the_order_of_arrival() -> None:
    lock, order = FairLock(), []
    lock.acquire(1)

    def wait(number: int) -> None:
        lock.acquire(10)
        order.append(number)
        lock.release()

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(5)]
    for arrived, thread in enumerate(threads, start=1):
        thread.start()
        while len(lock._waiting) < arrived:
            time.sleep(0.001)
    lock.release()
    for thread in threads:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def test_patience_ends() -> None:
    lock = FairLock()
    lock.acquire(1)

    assert lock.acquire(0.01) is False
    lock.release()
    assert lock.acquire(0.01) is True


def test_the_journal_is_written_ahead_and_commits_are_durable() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
        assert found == ["wal", 2]
