from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.board import ALL_ROUNDS, Board, Started
from quizzes.engine.ranking import Result, UnitTotal
from quizzes.engine.standing import Sum

ALL = ("score", "duration", "submitted_at")
PATHS = ("000001000010", "000001000010000100", "000001000020")


def board(how="best", comparators=ALL):
    return Board(rounds=(1, 2), comparators=comparators, how=how)


def filled(events, **kwargs):
    made = board(**kwargs)
    made.fill(events)
    return made


def played(events, **kwargs):
    made = board(**kwargs)
    for event in events:
        made.apply(event)
    return made


def picture(one):
    """All that anybody can ever see of a board."""
    return {
        number: (
            standing.top(1000),
            {member: standing.rank_of(member) for member in standing.lines},
            standing.unit_totals(),
            one.working(number),
            one.version(number),
        )
        for number, standing in one.standings.items()
    }


def result(attempt, member, *, round=1, number=1, score=10, duration=100, at=1, path=PATHS[0]):
    return Result(attempt, round, member, number, path, score, duration, at)


@st.composite
def histories(draw):
    """Attempts as they can happen: numbers per person and round, each started, most submitted."""
    numbers: Counter[tuple[int, int]] = Counter()
    events = []
    for attempt in range(1, draw(st.integers(0, 12)) + 1):
        member, round_ = draw(st.integers(1, 4)), draw(st.integers(1, 2))
        numbers[member, round_] += 1
        events.append(Started(attempt, round_))
        if draw(st.booleans()):
            events.append(
                Result(
                    attempt, round_, member, numbers[member, round_], draw(st.sampled_from(PATHS)),
                    draw(st.integers(-1, 3)), draw(st.integers(0, 3)), draw(st.integers(0, 3)),
                )
            )  # fmt: skip
    return events


HOW = st.sampled_from(("best", "first", "last"))
COMPARATORS = st.sampled_from((ALL, ("score",), ("score", "submitted_at"), ("score", "duration")))


@given(histories(), st.randoms(use_true_random=False), HOW, COMPARATORS)
def test_order_of_arrival_does_not_matter(events, random, how, comparators):
    shuffled = events[:]
    random.shuffle(shuffled)
    assert picture(played(shuffled, how=how, comparators=comparators)) == picture(
        played(events, how=how, comparators=comparators)
    )


@given(histories(), HOW)
def test_a_board_from_events_is_the_board_filled_at_once(events, how):
    assert picture(played(events, how=how)) == picture(filled(events, how=how))


@given(histories(), st.integers(0, 24), st.integers(0, 24))
def test_a_stale_board_and_the_deltas_since_are_the_fresh_board(events, known, overlap):
    stale = filled(events[:known])
    for event in events[max(known - overlap, 0) :]:
        stale.apply(event)
    assert picture(stale) == picture(filled(events))


@given(histories())
def test_a_repeated_event_changes_nothing(events):
    made = played(events)
    before, changes = picture(made), Counter(made.changes)
    assert [made.apply(event) for event in events] == [False] * len(events)
    assert (picture(made), made.changes) == (before, changes)


@given(histories())
def test_units_above_hold_the_sum_of_the_units_below(events):
    for standing in filled(events).standings.values():
        totals, nobody = standing.unit_totals(), UnitTotal(0, 0)
        below = [totals.get(unit, nobody) for unit in (10, 20)]
        assert totals.get(1, nobody) == UnitTotal(sum(one.people for one in below), sum(one.score for one in below))
        assert totals.get(1, nobody).people == len(standing)


@given(histories())
def test_nobody_stands_below_a_lower_score(events):
    for standing in filled(events).standings.values():
        rows = standing.top(1000)
        assert all(one.score >= other.score for (_, one), (_, other) in pairwise(rows))
        assert [rank for rank, _ in rows] == [standing.rank_of(line.member) for _, line in rows]


def test_ties_share_a_rank():
    made = filled([result(1, 1), result(2, 2, score=9), result(3, 3, score=9), result(4, 4, score=8)])
    assert [(rank, line.member) for rank, line in made.standings[1].top(4)] == [(1, 1), (2, 2), (2, 3), (4, 4)]
    assert made.standings[1].rank_of(9) is None


def test_all_rounds_add_up_the_counted_attempts():
    made = played([
        result(1, 1, score=5, duration=50, at=1), result(2, 1, number=2, score=7, duration=70, at=2),
        result(3, 1, round=2, score=4, duration=40, at=3, path=PATHS[2]),
    ])  # fmt: skip
    assert made.standings[ALL_ROUNDS].lines[1] == Sum(1, 11, 110, 3, PATHS[2])


def test_a_person_with_two_attempts_counts_once_in_her_unit():
    made = played([result(1, 1, score=5), result(2, 1, number=2, score=7)])
    assert made.standings[1].unit_totals() == {1: UnitTotal(1, 7), 10: UnitTotal(1, 7)}


def test_open_attempts_are_counted_until_they_are_submitted():
    made = board()
    assert made.apply(Started(1, 1))
    assert (made.working(1), made.working(2), made.working(ALL_ROUNDS), made.version(1)) == (1, 0, 1, 1)
    assert made.apply(result(1, 1))
    assert (made.working(1), made.version(1), made.version(2)) == (0, 2, 0)


def test_a_round_the_board_does_not_know_is_ignored():
    made = board()
    assert not made.apply(Started(1, 7))
    assert not made.apply(result(1, 1, round=7))
    assert made.version(ALL_ROUNDS) == 0


def test_all_rounds_of_a_contest_with_one_round_are_that_round():
    made = Board(rounds=(5,), comparators=ALL, how="best")
    made.fill([Started(1, 5), result(1, 1, round=5)])
    assert made.apply(result(2, 2, round=5, score=11))
    assert [line.member for _, line in made.standings[ALL_ROUNDS].top(2)] == [2, 1]
    assert made.standings[ALL_ROUNDS].top(2) == made.standings[5].top(2)
    assert made.version(5) == made.version(ALL_ROUNDS) == 4


def test_a_changed_score_of_the_same_attempt_moves_the_line():
    made = played([result(1, 1, score=5), result(2, 2, score=6), result(1, 1, score=7)])
    assert made.standings[1].rank_of(1) == 1
    assert made.version(1) == 4
