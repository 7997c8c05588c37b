from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.people.engine.tries import DAY, DAY_TRIES, SHORT, SHORT_TRIES, free_again_at, fresh, give_back, take

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


def test_five_tries_then_a_quarter_of_an_hour() -> None:
    used = fresh(NOON)
    for _ in range(SHORT_TRIES):
        used = take(used, NOON) or used

    assert take(used, NOON + SHORT - timedelta(seconds=1)) is None
    assert free_again_at(used, NOON) == NOON + SHORT
    assert take(used, NOON + SHORT) is not None


def test_a_try_given_back_can_be_taken_again() -> None:
    used = fresh(NOON)
    for _ in range(SHORT_TRIES):
        used = take(used, NOON) or used

    assert take(give_back(used), NOON) == used


@given(st.lists(st.integers(0, 3600), max_size=200))
def test_no_day_ever_holds_more_tries_than_allowed(gaps: list[int]) -> None:
    used, now, taken = fresh(NOON), NOON, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        free = free_again_at(used, now)
        after = take(used, now)
        assert (after is None) == (free is not None and free > now)
        if after:
            used = after
            taken.append(now)
    for window, most in ((SHORT, SHORT_TRIES), (DAY, DAY_TRIES)):
        for first in taken:
            assert len([t for t in taken if first <= t < first + window]) <= 2 * most


@given(st.integers(1, 30))
def test_however_long_one_waits_the_day_limit_stands(tries: int) -> None:
    used, now = fresh(NOON), NOON
    allowed = 0
    for _ in range(tries):
        after = take(used, now)
        if after:
            used, allowed = after, allowed + 1
        now += timedelta(minutes=16)
    assert allowed == min(tries, DAY_TRIES)
