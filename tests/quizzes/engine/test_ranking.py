from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.ranking import RankedUnit, Result, UnitTotal, counted, rank_key, rank_units, ranks, share

ALL = ("score", "duration", "submitted_at")
small = st.integers(0, 3)


def key(comparators, score, duration, at):
    return rank_key(comparators, score=score, duration_ms=duration, submitted_us=at)


def test_ranks_are_shared_by_ties_and_the_next_place_is_left_out():
    assert ranks([5, 7, 7, 9]) == [1, 2, 2, 4]
    assert ranks([]) == []


def test_rank_key_puts_the_score_before_the_duration_before_the_time():
    best, slower, later, worse = (
        key(ALL, 2000, 10, 5),
        key(ALL, 2000, 11, 1),
        key(ALL, 2000, 11, 2),
        key(ALL, 1999, 1, 1),
    )
    assert sorted([worse, later, slower, best]) == [best, slower, later, worse]


def test_rank_key_ignores_what_is_no_comparator():
    assert key(("score",), 10, 5, 9) == key(("score",), 10, 7, 1)


def test_rank_key_clamps_instead_of_reaching_into_the_next_field():
    assert key(ALL, 100, 1 << 60, 0) < key(ALL, 99, 0, 0)
    assert key(ALL, -(1 << 60), 0, 0) >= key(ALL, -(1 << 50), 0, 0)


def test_rank_key_orders_negative_scores():
    assert key(ALL, 0, 5, 5) < key(ALL, -50, 0, 0)


@given(st.permutations(ALL), st.tuples(small, small, small), st.tuples(small, small, small))
def test_rank_key_orders_as_the_tuples_do(order, one, other):
    def plain(values):
        named = dict(zip(ALL, (-values[0], values[1], values[2]), strict=True))
        return [named[name] for name in order]

    assert (key(order, *one) < key(order, *other)) == (plain(one) < plain(other))
    assert (key(order, *one) == key(order, *other)) == (plain(one) == plain(other))


def result(number, score, duration):
    return Result(
        attempt=number, round=1, member=1, number=number, unit_path="000001", score=score, duration_ms=duration,
        submitted_us=number,
    )  # fmt: skip


def test_counted_attempt_is_the_best_by_the_contests_own_comparators():
    slow, fast, low = result(1, 10, 900), result(2, 10, 300), result(3, 9, 100)
    assert counted([slow, fast, low], how="best", comparators=ALL) == fast
    assert counted([slow, fast, low], how="first", comparators=ALL) == slow
    assert counted([slow, fast, low], how="last", comparators=ALL) == low


def test_counted_attempt_of_two_equal_ones_is_the_earlier():
    one, two = result(1, 10, 300), result(2, 10, 300)
    assert counted([two, one], how="best", comparators=("score", "duration")) == one


def test_share_never_passes_the_whole_and_an_empty_roster_has_none():
    assert share(12, 10) == 1
    assert share(3, 0) == 0


TOTALS = {1: UnitTotal(40, 400), 2: UnitTotal(8, 88), 3: UnitTotal(4, 80), 4: UnitTotal(8, 80), 9: UnitTotal(60, 0)}
SIZES = {1: 80, 2: 10, 3: 4, 4: 16, 5: 70}


def test_units_by_share_leave_out_the_small_ones():
    assert rank_units(TOTALS, SIZES, by="share", min_people=5) == [
        RankedUnit(1, 2, 8, 10, 88),
        RankedUnit(2, 1, 40, 80, 400),
        RankedUnit(2, 4, 8, 16, 80),
    ]


def test_units_by_participants_count_every_unit_with_somebody():
    assert rank_units(TOTALS, SIZES, by="participants", min_people=5) == [
        RankedUnit(1, 1, 40, 80, 400),
        RankedUnit(2, 2, 8, 10, 88),
        RankedUnit(2, 4, 8, 16, 80),
        RankedUnit(4, 3, 4, 4, 80),
    ]


def test_units_by_average_leave_out_the_small_ones_too():
    assert rank_units(TOTALS, SIZES, by="average", min_people=5) == [
        RankedUnit(1, 2, 8, 10, 88),
        RankedUnit(2, 1, 40, 80, 400),
        RankedUnit(2, 4, 8, 16, 80),
    ]
    assert rank_units(TOTALS, SIZES, by="average", min_people=0)[0] == RankedUnit(1, 3, 4, 4, 80)
    assert RankedUnit(1, 2, 3, 10, 1999).average == 666


def exact(by, total, size):
    if by == "share":
        return min(Fraction(total.people, size), Fraction(1))
    return Fraction(total.score, total.people) if by == "average" else Fraction(total.people)


@given(
    st.dictionaries(
        st.integers(1, 8),
        st.tuples(st.integers(1, 2**31), st.integers(-(2**39), 2**39), st.integers(1, 2**31)),
        max_size=8,
    ),
    st.sampled_from(("share", "average", "participants")),
)
def test_units_stand_as_exact_fractions_would_have_them(units, by):
    totals = {unit: UnitTotal(people, score) for unit, (people, score, _) in units.items()}
    sizes = {unit: size for unit, (_, _, size) in units.items()}
    marks = {unit: exact(by, totals[unit], sizes[unit]) for unit in units}
    ranked = rank_units(totals, sizes, by=by, min_people=0)
    assert {one.unit: one.rank for one in ranked} == {
        unit: 1 + sum(other > mark for other in marks.values()) for unit, mark in marks.items()
    }
