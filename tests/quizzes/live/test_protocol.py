from datetime import timedelta
from decimal import Decimal

import pytest

from quizzes.engine.board import Started
from quizzes.engine.ranking import Result, microseconds
from quizzes.live.protocol import Batch, Delta, decode_batch, encode_batch, event_of
from quizzes.live.token import LIFE, Seat, make_token, read_token
from tests.quizzes.makers import NOON

SUBMITTED = Delta(
    contest_id=1, round_id=2, member_id=3, unit_path="000001", kind="submitted", attempt_id=4, number=1,
    score=Decimal("19.50"), duration_ms=252_300, submitted_at=NOON,
)  # fmt: skip
STARTED = Delta(contest_id=1, round_id=2, member_id=3, unit_path="000001", kind="started", attempt_id=4, number=1)


def test_batch_comes_back_as_it_was_sent():
    batch = Batch("a1b2", 7, [SUBMITTED, STARTED])
    assert decode_batch(encode_batch(batch)) == batch


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"sender":"a","number":1,"deltas":[{"submitted_at":3}]}', '"x"', '{"number":null}']
)
def test_what_is_no_batch_is_refused(text):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        decode_batch(text)


def test_event_of_a_delta_counts_in_hundredths_and_microseconds():
    assert event_of(SUBMITTED) == Result(4, 2, 3, 1, "000001", 1950, 252_300, microseconds(NOON))
    assert event_of(STARTED) == Started(4, 2)


def test_token_opens_a_seat_until_its_time_is_over():
    seat = Seat(contest_id=7, number=2, member_id=31)
    token = make_token(seat, now=NOON)
    assert read_token(token, now=NOON + LIFE - timedelta(seconds=1)) == seat
    assert read_token(token, now=NOON + LIFE) is None


@pytest.mark.parametrize("token", ["", "7.2.31.99999999999:x", ":", "a.b.c.d"])
def test_token_of_others_opens_nothing(token):
    assert read_token(token, now=NOON) is None


def test_token_can_not_be_turned_into_another_members():
    token = make_token(Seat(7, 2, 31), now=NOON)
    assert read_token(token.replace("7.2.31.", "7.2.32.", 1), now=NOON) is None
