from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.learning.models import Completion
from quizzes.actions.attempts import (
    Refused,
    close_expired,
    hand_in,
    report_incident,
    save_answers,
    start_attempt,
    submit_attempt,
)
from quizzes.models import Attempt, Incident
from tests.cast import Cast
from tests.factories import make_member
from tests.quizzes.attempts import at_once, open_contest, right_option, tap, wrong_option
from tests.quizzes.makers import DAY, NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def attempt(cast: Cast) -> Attempt:
    contest = open_contest(cast.province, points_wrong="-0.25")
    return start_attempt(cast.lan, contest.rounds.get(), now=NOON, seed=7).attempt


def test_handing_in_fixes_the_result_and_enters_it_in_the_ledger(attempt: Attempt) -> None:
    sent = [tap(0, right_option(attempt, 0)), tap(1, right_option(attempt, 1)), tap(2, wrong_option(attempt, 2))]
    save_answers(attempt.pk, sent, arrived_at=NOON + MINUTE)
    submit_attempt(attempt, now=NOON + timedelta(seconds=312, milliseconds=340))
    attempt.refresh_from_db()
    assert (float(attempt.score), attempt.answered, attempt.closed_by) == (1.75, 3, "member")
    assert attempt.duration_ms == 312_340
    completion = Completion.objects.get()
    assert (completion.member_id, completion.unit_path) == (attempt.member_id, attempt.unit_path)
    assert completion.activity.key == f"contest:{attempt.round.contest_id}"


def test_handing_in_twice_changes_nothing(attempt: Attempt) -> None:
    submit_attempt(attempt, now=NOON + MINUTE)
    again = submit_attempt(attempt, now=NOON + 2 * MINUTE)
    assert again.submitted_at == NOON + MINUTE


def test_handing_in_within_the_grace_takes_the_full_time(attempt: Attempt) -> None:
    ended = submit_attempt(attempt, now=attempt.deadline_at + timedelta(seconds=15))
    assert (ended.closed_by, ended.duration_ms) == ("member", 900_000)


def test_handing_in_after_the_grace_is_closing_by_the_server(attempt: Attempt) -> None:
    ended = submit_attempt(attempt, now=attempt.deadline_at + timedelta(seconds=16))
    assert (ended.closed_by, ended.duration_ms, ended.submitted_at) == ("server", 900_000, attempt.deadline_at)


def test_the_server_closes_what_was_left_open_once_the_grace_has_passed(attempt: Attempt) -> None:
    save_answers(attempt.pk, [tap(0, right_option(attempt, 0))], arrived_at=NOON + MINUTE)
    assert close_expired(now=attempt.deadline_at + timedelta(seconds=15)) == 0
    assert close_expired(now=attempt.deadline_at + timedelta(seconds=16)) == 1
    assert close_expired(now=attempt.deadline_at + timedelta(seconds=17)) == 0
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.duration_ms, attempt.submitted_at) == ("server", 900_000, attempt.deadline_at)
    assert (attempt.score, attempt.answered, Completion.objects.count()) == (1, 1, 1)


def test_a_round_is_closed_after_its_last_attempt(cast: Cast) -> None:
    round = open_contest(cast.province).rounds.get()
    start_attempt(cast.lan, round, now=NOON + DAY - MINUTE, seed=7)
    close_expired(now=NOON + DAY + timedelta(seconds=15))
    round.refresh_from_db()
    assert round.closed_at is None
    ended = NOON + DAY + timedelta(seconds=16)
    close_expired(now=ended)
    round.refresh_from_db()
    assert round.closed_at == ended


def test_fifty_parallel_submissions_make_one_completion(real_cast: Cast) -> None:
    attempt = start_attempt(real_cast.lan, open_contest(real_cast.province).rounds.get(), now=NOON, seed=7).attempt
    moments = [NOON + timedelta(seconds=second) for second in range(1, 51)]
    results = at_once(50, lambda index: submit_attempt(attempt, now=moments[index]).submitted_at)
    attempt.refresh_from_db()
    assert set(results) == {attempt.submitted_at}
    assert Completion.objects.count() == 1


def test_pressing_twice_reports_once_and_a_few_reports_are_enough(attempt: Attempt) -> None:
    for _ in range(2):
        report_incident(attempt, text="Mất mạng", on_phone=4, now=NOON)
    assert list(Incident.objects.values_list("text", "on_phone")) == [("Mất mạng", 4)]
    for number in range(4):
        report_incident(attempt, text=f"Lần {number}", on_phone=4, now=NOON)
    with pytest.raises(Refused):
        report_incident(attempt, text="Nữa", on_phone=4, now=NOON)
    assert Incident.objects.count() == 5


def started(cast: Cast, people: int) -> list[Attempt]:
    round = open_contest(cast.province).rounds.get()
    entrants = [make_member(f"Người {number}", unit=cast.may) for number in range(people)]
    attempts = [start_attempt(one, round, now=NOON, seed=7).attempt for one in entrants]
    for attempt in attempts:
        save_answers(attempt.pk, [tap(0, right_option(attempt, 0))], arrived_at=NOON + MINUTE)
    return attempts


def test_closing_many_costs_the_queries_of_closing_few(cast: Cast) -> None:
    costs = []
    for people in (2, 40):
        attempts = started(cast, people)
        with CaptureQueriesContext(connection) as queries:
            assert close_expired(now=attempts[0].deadline_at + timedelta(seconds=16)) == people
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 30
    assert Completion.objects.count() == 42
    assert set(Attempt.objects.values_list("score", "answered", "closed_by")) == {(1, 1, "server")}


def test_handing_in_many_is_handing_in_each(cast: Cast) -> None:
    attempts = started(cast, 3)
    submit_attempt(attempts[0], now=NOON + MINUTE)
    ended = hand_in([one.pk for one in attempts] + [10**9], now=NOON + 2 * MINUTE)
    assert sorted(ended) == [one.pk for one in attempts]
    assert [ended[one.pk].submitted_at for one in attempts] == [NOON + MINUTE, NOON + 2 * MINUTE, NOON + 2 * MINUTE]
    assert {(one.score, one.answered, one.closed_by) for one in ended.values()} == {(1, 1, "member")}


def test_parallel_portions_of_the_same_attempts_end_each_once(real_cast: Cast) -> None:
    attempts = started(real_cast, 12)
    ids = [one.pk for one in attempts]
    moments = [NOON + timedelta(seconds=second) for second in range(120, 128)]
    results = at_once(8, lambda index: hand_in(ids[::-1] if index % 2 else ids, now=moments[index]))
    assert not [one for one in results if isinstance(one, Exception)]
    assert Completion.objects.count() == 12
    assert set(Attempt.objects.values_list("submitted_at", flat=True)) <= set(moments)
