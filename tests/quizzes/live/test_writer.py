"""The thread that commits answers: many in one transaction, and what happens when something goes wrong meanwhile."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from lms.web import figures
from quizzes.actions.answers import Arrival, Outcome, Saved
from quizzes.actions.attempts import start_attempt
from quizzes.live import writer as module
from quizzes.live.writer import AT_ONCE, NotNow, Parcel, Writer
from quizzes.models import Answer, Attempt
from tests.cast import Cast
from tests.factories import make_member
from tests.quizzes.attempts import open_contest, saved_in, tap
from tests.quizzes.makers import round_document

HOUR = timedelta(hours=1)


@pytest.fixture
def attempts(real_cast: Cast) -> list[Attempt]:
    now = timezone.now()
    round = open_contest(real_cast.province, rounds=[round_document(now - HOUR, now + HOUR)]).rounds.get()
    people = [make_member(f"Người thi {index}", unit=real_cast.may) for index in range(20)]
    return [start_attempt(one, round, now=now, seed=7).attempt for one in people]


class Ears:
    """What became of each parcel, by the order in which they were sent."""

    def __init__(self) -> None:
        self.heard: dict[int, list[Outcome | NotNow]] = {}
        self.sent = 0

    def send(self, writer: Writer, attempt: Attempt, seq: int = 1, place: int = 0) -> None:
        number, self.sent = self.sent, self.sent + 1
        arrival = Arrival(attempt.pk, (tap(place, "a", seq),), timezone.now())
        writer.put(Parcel(arrival, lambda outcome: self.heard.setdefault(number, []).append(outcome), time.monotonic()))

    def wait(self, number: int | None = None) -> list[Outcome | NotNow]:
        until(lambda: len(self.heard) >= (number or self.sent))
        assert all(len(one) == 1 for one in self.heard.values())
        return [self.heard[index][0] for index in sorted(self.heard)]


def until(holds, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.01)


@contextmanager
def nobody_writes() -> Iterator[None]:
    """Whoever commits answers meanwhile has to wait for the end of this."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {Answer._meta.db_table} IN EXCLUSIVE MODE")
        yield


@contextmanager
def poisoned(attempt: Attempt) -> Iterator[None]:
    """The database refuses every answer of this attempt."""
    table = Answer._meta.db_table
    if connection.vendor == "postgresql":
        make = [
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'poison'; END $$",
            f"CREATE TRIGGER poison BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.attempt_id = {attempt.pk})"
            " EXECUTE FUNCTION poison()",
        ]
        undo = [f"DROP TRIGGER poison ON {table}", "DROP FUNCTION poison"]
    else:
        make = [
            f"CREATE TRIGGER poison BEFORE INSERT ON {table} WHEN NEW.attempt_id = {attempt.pk}"
            " BEGIN SELECT RAISE(ABORT, 'poison'); END"
        ]
        undo = ["DROP TRIGGER poison"]
    with connection.cursor() as cursor:
        for statement in make:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in undo:
                cursor.execute(statement)


def batches() -> tuple[int, int]:
    """How many commits there were, and of how many answers in all."""
    samples = {sample.name: sample.value for sample in figures.batch_answers.collect()[0].samples}
    return int(samples["benhoc_batch_answers_count"]), int(samples["benhoc_batch_answers_sum"])


def are_kept(outcomes: Sequence[Outcome | NotNow]) -> bool:
    return all(isinstance(one, Saved) and len(one.kept) == 1 for one in outcomes)


def busy(writer: Writer) -> bool:
    """Whether it has taken everything out of its inbox and is committing."""
    return writer.inbox.empty() and writer.waiting > 0


def test_what_gathers_during_a_commit_goes_out_as_one(attempts: list[Attempt]) -> None:
    writer, ears = Writer(), Ears()
    before = batches()
    with nobody_writes():
        ears.send(writer, attempts[0])
        until(lambda: busy(writer))
        for seq in range(2, 42):
            ears.send(writer, attempts[seq % 20], seq, seq // 20)
    assert are_kept(ears.wait())
    after = batches()
    assert (after[0] - before[0], after[1] - before[1]) == (2, 41)
    assert writer.waiting == 0


def test_a_transaction_takes_a_bounded_number_of_answers(attempts: list[Attempt]) -> None:
    writer, ears = Writer(), Ears()
    before = batches()
    with nobody_writes():
        ears.send(writer, attempts[0])
        until(lambda: busy(writer))
        for index in range(2 * AT_ONCE + 100):
            ears.send(writer, attempts[index % 20], index // 80 + 1, index // 20 % 4)
    outcomes = ears.wait()
    assert batches()[0] - before[0] == 4
    assert not [one for one in outcomes if not isinstance(one, Saved) or one.late or one.undecided]
    assert Answer.objects.count() == 80


def test_one_poisoned_attempt_fails_alone(attempts: list[Attempt]) -> None:
    writer, ears = Writer(), Ears()
    with poisoned(attempts[7]):
        with nobody_writes():
            ears.send(writer, attempts[0], 1, 1)
            until(lambda: busy(writer))
            for attempt in attempts:
                ears.send(writer, attempt)
        outcomes = ears.wait()
    assert [index for index, one in enumerate(outcomes[1:]) if isinstance(one, NotNow)] == [7]
    assert are_kept(outcomes[:8] + outcomes[9:])
    assert [saved_in(one) for one in attempts[6:9]] == [{0: ["a"]}, {}, {0: ["a"]}]
    ears.send(writer, attempts[7])
    assert are_kept(ears.wait()[-1:])


def test_a_paper_that_cant_be_read_fails_alone(attempts: list[Attempt]) -> None:
    Attempt.objects.filter(pk=attempts[3].pk).update(paper=[{"version": 0, "options": ["a"]}])
    writer, ears = Writer(), Ears()
    with nobody_writes():
        ears.send(writer, attempts[0], 1, 1)
        until(lambda: busy(writer))
        for attempt in attempts:
            ears.send(writer, attempt)
    outcomes = ears.wait()
    assert [index for index, one in enumerate(outcomes[1:]) if isinstance(one, NotNow)] == [3]
    assert writer.waiting == 0


def test_a_database_that_stays_away_is_waited_for_and_then_answered_later(
    attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, ears = Writer(), Ears()
    monkeypatch.setattr(module, "PATIENCE", 0.6)
    nowhere = (
        {"HOST": "127.0.0.1", "PORT": "1"} if connection.vendor == "postgresql" else {"NAME": "/nowhere/a.sqlite3"}
    )
    with monkeypatch.context() as away:
        for name, value in nowhere.items():
            away.setitem(connections.settings["default"], name, value)
        for attempt in attempts:
            ears.send(writer, attempt)
        outcomes = ears.wait()
    assert [type(one) for one in outcomes] == [NotNow] * 20
    assert (writer.waiting, Answer.objects.count()) == (0, 0)


if connection.vendor == "postgresql":  # SQLite has no connection to lose, and one lock for all

    def test_a_connection_killed_in_mid_batch_loses_nothing(attempts: list[Attempt]) -> None:
        writer, ears = Writer(), Ears()
        waiting = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE application_name = 'benhoc intake' AND datname = current_database() AND wait_event_type = 'Lock'"""
        with nobody_writes(), connection.cursor() as cursor:
            for attempt in attempts:
                ears.send(writer, attempt)

            def killed() -> bool:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(waiting)
                return bool(cursor.fetchone()[0])

            until(killed)
            assert ears.heard == {}
        assert are_kept(ears.wait())
        assert Answer.objects.count() == 20

    def test_an_attempt_that_is_being_changed_holds_up_nobody_else(attempts: list[Attempt]) -> None:
        writer, ears = Writer(), Ears()
        with transaction.atomic():
            Attempt.objects.select_for_update().get(pk=attempts[0].pk)
            for attempt in attempts:
                ears.send(writer, attempt)
            assert are_kept(ears.wait(19))
            assert (0 in ears.heard, writer.waiting) == (False, 1)
        assert are_kept(ears.wait())

    def test_an_attempt_that_stays_locked_is_answered_later(
        attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "PATIENCE", 0.3)
        writer, ears = Writer(), Ears()
        with transaction.atomic():
            Attempt.objects.select_for_update().get(pk=attempts[0].pk)
            ears.send(writer, attempts[0])
            assert isinstance(ears.wait()[0], NotNow)
