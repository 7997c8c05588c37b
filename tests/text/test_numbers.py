from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.text.numbers import duration_text, parts_of, quarter_text, vn_date, vn_moment, vn_number, vn_percent


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234567, None, "1.234.567"),
        (1234.5, None, "1.234,5"),
        (0.125, None, "0,13"),
        (Decimal("17.50"), None, "17,5"),
        (17, 2, "17,00"),
        (-0.001, None, "0"),
        (1000, None, "1.000"),
        (100, None, "100"),
    ],
)
def test_number_is_written_as_in_vietnam(value: float, places: int | None, text: str) -> None:
    assert vn_number(value, places) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (161, 167, "96,4%"),
        (13, 13, "100%"),
        (0, 13, "0%"),
        (3, 0, "–"),
        (9999, 10000, "99,9%"),  # never 100% while somebody is missing
        (1, 100000, "0,1%"),  # never 0% while somebody is there
    ],
)
def test_percent_never_flatters(part: int, whole: int, text: str) -> None:
    assert vn_percent(part, whole) == text


@given(st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_percent_is_full_only_when_all_are_there(share: tuple[int, int]) -> None:
    part, whole = share
    assert (vn_percent(part, whole) == "100%") == (part == whole)
    assert (vn_percent(part, whole) == "0%") == (part == 0)


@pytest.mark.parametrize(
    ("ms", "text"),
    [(312340, "05:12,34"), (0, "00:00,00"), (59999, "00:59,99"), (3_600_000, "1:00:00,00"), (-5, "00:00,00")],
)
def test_duration_is_cut_never_rounded_up(ms: int, text: str) -> None:
    assert duration_text(ms) == text


def test_days_are_days_of_vietnam() -> None:
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert vn_date(late) == "23/11/2026"
    assert vn_moment(late) == "00:30 23/11/2026"
    assert vn_date(date(2026, 11, 22)) == "22/11/2026"


def test_quarter_has_a_roman_number() -> None:
    assert [quarter_text(date(2024, month, 1)) for month in (1, 4, 9, 12)] == [
        "Quý I/2024",
        "Quý II/2024",
        "Quý III/2024",
        "Quý IV/2024",
    ]


def test_parts_of_a_time_that_is_over_are_nothing() -> None:
    assert parts_of(timedelta(seconds=-90)) == (0, 0, 0)
    assert parts_of(timedelta(days=2, hours=3, minutes=4, seconds=59)) == (2, 3, 4)
