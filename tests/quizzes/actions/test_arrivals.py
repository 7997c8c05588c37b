"""Answers of many attempts in one transaction: each sender hears the truth about its own."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.actions.answers import Arrival, Given, ImpossibleAnswer, Outcome, Saved, save_arrivals
from quizzes.actions.attempts import start_attempt, submit_attempt
from quizzes.models import Answer, Attempt, LateAnswer
from quizzes.queries.sheets import forget_sheets, sheets_of
from quizzes.tasks import ON_THE_WAY, close_what_is_over
from tests.cast import Cast
from tests.factories import make_member
from tests.quizzes.attempts import open_contest, saved_in, tap
from tests.quizzes.makers import NOON

MINUTE = timedelta(minutes=1)
MILLISECOND = timedelta(milliseconds=1)
GRACE = timedelta(seconds=15)


def attempts_of(cast: Cast, number: int) -> list[Attempt]:
    """Attempts of as many people, all begun at NOON."""
    round = open_contest(cast.province).rounds.get()
    people = [make_member(f"Người thi {index}", unit=cast.may) for index in range(number)]
    return [start_attempt(one, round, now=NOON, seed=7).attempt for one in people]


@pytest.fixture
def three(cast: Cast) -> list[Attempt]:
    return attempts_of(cast, 3)


def save(*arrivals: Arrival) -> list[Outcome]:
    return save_arrivals(arrivals, wait=False)


def arrival(attempt: Attempt, *given: Given, at: timedelta = MINUTE) -> Arrival:
    return Arrival(attempt.pk, given, NOON + at)


def test_each_message_of_a_batch_has_its_own_outcome(three: list[Attempt]) -> None:
    first, second, _ = three
    gone = Arrival(three[-1].pk + 1000, (tap(0, "a"),), NOON)
    outcomes = save(
        arrival(first, tap(0, "a"), tap(1, "b")), arrival(second, tap(0, "z")), gone, arrival(second, tap(2, "c"))
    )
    assert outcomes[0] == Saved(kept=[tap(0, "a"), tap(1, "b")])
    assert isinstance(outcomes[1], ImpossibleAnswer)
    assert isinstance(outcomes[2], Attempt.DoesNotExist)
    assert outcomes[3] == Saved(kept=[tap(2, "c")])
    assert (saved_in(first), saved_in(second)) == ({0: ["a"], 1: ["b"]}, {2: ["c"]})


def test_a_batch_costs_as_many_queries_for_thirty_attempts_as_for_two(cast: Cast) -> None:
    attempts = attempts_of(cast, 32)

    def queries(some: Sequence[Attempt]) -> int:
        forget_sheets()
        with CaptureQueriesContext(connection) as captured:
            save(*(arrival(one, tap(0, "a")) for one in some))
        return len(captured)

    assert queries(attempts[:2]) == queries(attempts[2:])
    assert Answer.objects.count() == 32
    with CaptureQueriesContext(connection) as captured:
        sheets_of(one.pk for one in attempts[2:])
    assert len(captured) == 0


@pytest.mark.parametrize("order", [1, -1])
def test_one_device_in_time_and_one_late_in_the_same_batch(three: list[Attempt], order: int) -> None:
    attempt = three[0]
    end = attempt.deadline_at + GRACE
    both = [Arrival(attempt.pk, (tap(0, "a", 1),), end), Arrival(attempt.pk, (tap(0, "b", 2),), end + MILLISECOND)]
    outcomes = save(*both[::order])[::order]
    assert outcomes == [Saved(kept=[tap(0, "a", 1)]), Saved(late=[tap(0, "b", 2)])]
    assert saved_in(attempt) == {0: ["a"]}
    assert list(LateAnswer.objects.values_list("seq", "arrived_at")) == [(2, end + MILLISECOND)]


def test_two_devices_with_the_same_number_and_different_answers(three: list[Attempt]) -> None:
    attempt = three[0]
    outcomes = save(arrival(attempt, tap(0, "a", 5)), arrival(attempt, tap(0, "b", 5)))
    (stands,) = attempt.answers.all()
    winner, loser = (0, 1) if stands.given == ["a"] else (1, 0)
    assert outcomes[winner] == Saved(kept=[tap(0, "ab"[winner], 5)])
    assert outcomes[loser] == Saved(newer=[tap(0, "ab"[winner], 5)])


def test_the_same_message_twice_in_a_batch_is_kept_once(three: list[Attempt]) -> None:
    again = arrival(three[0], tap(0, "a", 5))
    assert save(again, again) == [Saved(kept=[tap(0, "a", 5)])] * 2
    assert three[0].answers.count() == 1


def test_the_clock_closes_only_when_what_arrived_in_time_is_in(three: list[Attempt]) -> None:
    waited, in_time, _ = three
    end = waited.deadline_at + GRACE
    close_what_is_over(end + ON_THE_WAY)
    assert save(Arrival(waited.pk, (tap(0, "a"),), end)) == [Saved(kept=[tap(0, "a")])]
    close_what_is_over(end + ON_THE_WAY + MILLISECOND)
    waited.refresh_from_db()
    assert (waited.closed_by, waited.answered) == ("server", 1)
    assert save(Arrival(in_time.pk, (tap(0, "a"),), end)) == [Saved(late=[tap(0, "a")], submitted=True)]


def test_an_attempt_that_was_handed_in_doesnt_spoil_the_batch(three: list[Attempt]) -> None:
    submit_attempt(three[1], now=NOON + MINUTE)
    outcomes = save(*(arrival(one, tap(0, "a"), at=2 * MINUTE) for one in three))
    assert outcomes == [
        Saved(kept=[tap(0, "a")]),
        Saved(late=[tap(0, "a")], submitted=True),
        Saved(kept=[tap(0, "a")]),
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_order_repetition_and_batching_ends_in_the_newest_answer(three: list[Attempt], data: st.DataObject) -> None:
    """What each sender hears is the truth at that moment: kept is what it sent or something newer stands."""
    Answer.objects.all().delete()
    numbers = count(1)
    choices = st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from("abcd"))
    drawn = data.draw(st.lists(choices, min_size=1, max_size=14))
    taps = [(who, tap(place, option, next(numbers))) for who, place, option in drawn]
    sent = data.draw(st.permutations(taps + data.draw(st.lists(st.sampled_from(taps), max_size=6))))
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        outcomes = save(*(arrival(three[who], one) for who, one in sent[:size]))
        for (_, one), outcome in zip(sent, outcomes, strict=False):
            assert isinstance(outcome, Saved)
            assert outcome.kept == [one] or outcome.newer[0].seq > one.seq
        sent = sent[size:]
    for index, attempt in enumerate(three):
        newest = {one.place: list(one.options) for who, one in taps if who == index}
        assert saved_in(attempt) == newest
