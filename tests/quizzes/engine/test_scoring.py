from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.scoring import MULTIPLE, SINGLE, TRUE_FALSE, Key, Result, is_possible, points, total

RIGHT, WRONG = Decimal("1"), Decimal("-0.25")
FOUR = frozenset("abcd")


@pytest.mark.parametrize(
    ("kind", "right", "given_options", "expected"),
    [
        (SINGLE, "b", "b", RIGHT),
        (SINGLE, "b", "c", WRONG),
        (SINGLE, "b", "", Decimal(0)),
        (TRUE_FALSE, "a", "a", RIGHT),
        (TRUE_FALSE, "a", "b", WRONG),
        (MULTIPLE, "ac", "ca", RIGHT),
        (MULTIPLE, "ac", "a", WRONG),
        (MULTIPLE, "ac", "abc", WRONG),
        (MULTIPLE, "ac", "", Decimal(0)),
    ],
)
def test_points_are_all_or_nothing(kind: str, right: str, given_options: str, expected: Decimal) -> None:
    key = Key(kind, FOUR, frozenset(right))
    assert points(key, list(given_options), right=RIGHT, wrong=WRONG) == expected


@pytest.mark.parametrize(
    ("kind", "given_options", "possible"),
    [
        (SINGLE, "a", True),
        (SINGLE, "", True),
        (SINGLE, "ab", False),
        (SINGLE, "e", False),
        (SINGLE, "aa", False),
        (TRUE_FALSE, "ab", False),
        (MULTIPLE, "abcd", True),
        (MULTIPLE, "ae", False),
    ],
)
def test_answers_that_the_question_does_not_offer_are_impossible(kind: str, given_options: str, possible: bool) -> None:
    assert is_possible(Key(kind, FOUR, frozenset("a")), list(given_options)) is possible


@given(st.sets(st.sampled_from("abcd"), min_size=1), st.permutations("abcd"))
def test_the_order_of_taps_does_not_matter(right: set[str], taps: list[str]) -> None:
    key = Key(MULTIPLE, FOUR, frozenset(right))
    chosen = [option for option in taps if option in right]
    assert points(key, chosen, right=RIGHT, wrong=WRONG) == RIGHT


@given(st.lists(st.tuples(st.sampled_from([[], ["a"]]), st.sampled_from([RIGHT, WRONG]))))
def test_total_adds_what_was_answered(answers: list[tuple[list[str], Decimal]]) -> None:
    answered = [value for options, value in answers if options]
    assert total(answers) == Result(sum(answered, Decimal(0)), len(answered))
