from datetime import date
from decimal import Decimal

import pytest

from lms.coverage.engine.figures import Count, Target, Verdict, missing_for, points_gained, verdict
from lms.coverage.engine.treemap import short_labels
from lms.coverage.engine.trend import Point, trend

ALL = Target(">=", Decimal(100))


@pytest.mark.parametrize(
    ("trained", "target", "expected"),
    [
        (100, ALL, Verdict.MET),
        (99, ALL, Verdict.NEAR),
        (90, ALL, Verdict.NEAR),
        (89, ALL, Verdict.MISSED),
        (60, Target(">=", Decimal(60)), Verdict.MET),
        (60, Target(">", Decimal(60)), Verdict.NEAR),
        (10, Target("<=", Decimal(10)), Verdict.MET),
        (11, Target("<=", Decimal(10)), Verdict.MISSED),
        (50, None, Verdict.NO_TARGET),
    ],
)
def test_verdict(trained: int, target: Target | None, expected: Verdict) -> None:
    assert verdict(Count(100, trained), target) == expected


def test_nobody_to_train_is_no_success_and_no_failure() -> None:
    assert verdict(Count(), ALL) == Verdict.EMPTY


def test_percent_is_rounded_down_so_that_all_means_all() -> None:
    assert Count(3000, 2999).percent == Decimal("99.9")
    assert verdict(Count(3000, 2999), ALL) == Verdict.NEAR


def test_people_still_missing_for_a_target_below_all() -> None:
    assert missing_for(Count(7, 2), Target(">=", Decimal(60))) == 3  # 5 of 7 are 71 %, 4 only 57 %
    assert missing_for(Count(7, 2), None) == 5


def test_points_are_of_the_whole() -> None:
    assert points_gained(6, Count(167, 161)) == Decimal("3.5")


def test_trend_runs_on_through_months_without_change() -> None:
    changes = [(date(2024, 1, 1), Count(10, 2)), (date(2024, 3, 1), Count(2, 3))]
    points = trend(changes, Point(date(2024, 5, 20), Count(12, 6)))

    assert [(point.day, point.count) for point in points] == [
        (date(2024, 1, 31), Count(10, 2)),
        (date(2024, 2, 29), Count(10, 2)),
        (date(2024, 3, 31), Count(12, 5)),
        (date(2024, 4, 30), Count(12, 5)),
        (date(2024, 5, 20), Count(12, 6)),
    ]


def test_labels_drop_what_three_names_share() -> None:
    names = ["LĐLĐ huyện Ba Tri", "LĐLĐ huyện Bình Đại", "LĐLĐ huyện Chợ Lách", "LĐLĐ TP Bến Tre", "CĐ Viên chức"]

    assert short_labels(names) == ["Ba Tri", "Bình Đại", "Chợ Lách", "TP Bến Tre", "CĐ Viên chức"]
