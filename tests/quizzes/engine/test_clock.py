from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine import clock

START = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
moments = st.integers(0, 10**9).map(lambda ms: START + timedelta(milliseconds=ms))


@given(st.integers(1, 300), moments)
def test_time_ends_with_the_minutes_or_with_the_round(minutes: int, closes: datetime) -> None:
    assert clock.deadline(START, minutes, closes) == min(START + timedelta(minutes=minutes), closes)


def test_an_answer_in_the_last_millisecond_of_grace_counts_and_the_next_one_does_not() -> None:
    deadline = START + timedelta(minutes=15)
    last = deadline + timedelta(seconds=15)
    assert clock.counts(last, deadline, 15)
    assert not clock.counts(last + timedelta(milliseconds=1), deadline, 15)


@given(moments, moments, st.integers(0, 300))
def test_the_server_closes_exactly_when_nothing_counts_any_more(now: datetime, end: datetime, grace: int) -> None:
    assert clock.is_over(now, end, grace) is not clock.counts(now, end, grace)


@given(moments, moments)
def test_no_attempt_takes_longer_than_its_full_time(submitted: datetime, deadline: datetime) -> None:
    assert 0 <= clock.duration_ms(START, submitted, deadline) <= clock.full_ms(START, deadline)


def test_duration_counts_milliseconds() -> None:
    deadline = START + timedelta(minutes=15)
    assert clock.duration_ms(START, START + timedelta(seconds=312, microseconds=340_900), deadline) == 312_340
    assert clock.duration_ms(START, deadline + timedelta(seconds=9), deadline) == 900_000
    assert clock.full_ms(START, deadline) == 900_000
