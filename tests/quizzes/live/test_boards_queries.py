from datetime import date, timedelta
from itertools import groupby

import pytest

from quizzes.engine.board import ALL_ROUNDS
from quizzes.engine.ranking import RankedUnit
from quizzes.engine.rules import parse
from quizzes.models import Attempt
from quizzes.queries.boards import build_board, news_for, own_rank, unit_rank, units_on
from tests.factories import make_member
from tests.quizzes.live.entries import enter
from tests.quizzes.makers import DAY, HOUR, NOON, make_contest, round_document

TODAY = date(2025, 5, 7)


@pytest.fixture
def busy(cast):
    """Two rounds; Lan tried twice, a tie between Châu and Hoa, one attempt is open."""
    contest = make_contest(
        cast.province,
        rounds=[round_document(NOON - 3 * DAY, NOON - 2 * DAY), round_document(NOON - DAY, NOON + DAY, "Tuần 2")],
        unit_min_people=0,
    )
    first, second = contest.rounds.order_by("number")
    hoa = make_member("Trần Thị Hoa", unit=cast.truong)
    enter(contest, cast.lan, cast.may, one=first, score=8, seconds=100, at=NOON - 2 * DAY - HOUR)
    enter(contest, cast.lan, cast.may, one=second, score=10, seconds=90)
    enter(contest, cast.lan, cast.may, one=second, score=10, seconds=80, number=2)
    enter(contest, cast.chau, cast.benh_vien, one=second, score=12, seconds=70)
    enter(contest, hoa, cast.truong, one=second, score=12, seconds=70)
    enter(contest, cast.dung, cast.y_te, one=second, submitted=False)
    return contest


def recounted(one, how, comparators):
    """Ranks of a round in plain Python over raw rows, sharing nothing with the board: {member: rank}."""

    def key(row):
        parts = {"score": -row["score"], "duration": row["duration_ms"], "submitted_at": row["submitted_at"]}
        return tuple(parts[name] for name in comparators)

    rows = list(Attempt.objects.filter(round=one, submitted_at__isnull=False).order_by("member_id", "number").values())
    chosen = []
    for _, group in groupby(rows, key=lambda row: row["member_id"]):
        mine = list(group)
        chosen.append({"first": mine[0], "last": mine[-1], "best": min(mine, key=key)}[how])
    return {row["member_id"]: 1 + sum(key(other) < key(row) for other in chosen) for row in chosen}


@pytest.mark.parametrize("how", ["best", "first", "last"])
@pytest.mark.parametrize("comparators", [("score", "duration", "submitted_at"), ("score",), ("score", "submitted_at")])
def test_board_is_what_an_independent_recount_says(busy, how, comparators):
    busy.rules |= {"counted": how, "comparators": list(comparators)}
    board = build_board(busy, parse(busy.rules))
    for one in busy.rounds.all():
        standing = board.standings[one.pk]
        assert {member: standing.rank_of(member) for member in standing.lines} == recounted(one, how, comparators)


@pytest.mark.parametrize("how", ["best", "first", "last"])
def test_own_rank_of_the_database_is_the_boards(busy, cast, how):
    busy.rules |= {"counted": how}
    board = build_board(busy, parse(busy.rules))
    for one in busy.rounds.all():
        for member in (cast.lan, cast.chau, cast.dung):
            assert own_rank(busy, one, member) == board.standings[one.pk].rank_of(member.pk)


def test_own_rank_takes_two_queries_however_many_entered(busy, cast, django_assert_num_queries):
    one = busy.rounds.get(number=2)
    with django_assert_num_queries(2):
        assert own_rank(busy, one, cast.lan) == 3


def test_board_takes_two_queries(busy, django_assert_num_queries):
    contest, rules = type(busy).objects.get(pk=busy.pk), parse(busy.rules)
    with django_assert_num_queries(2):
        board = build_board(contest, rules)
    assert (len(board.standings[ALL_ROUNDS]), board.working(ALL_ROUNDS)) == (3, 1)


def test_news_bring_a_stale_board_up_to_date_also_with_what_the_server_closed_late(busy, cast):
    rules = parse(busy.rules)
    stale = build_board(busy, rules)
    second = busy.rounds.get(number=2)
    Attempt.objects.filter(member=cast.dung).update(
        submitted_at=NOON - 5 * HOUR, score=3, duration_ms=1000, closed_by="server"
    )
    enter(busy, cast.binh, cast.ba_tri, one=second, score=5, at=NOON)
    enter(busy, cast.trainer, cast.province, one=second, submitted=False)
    for event in news_for(stale, busy):
        stale.apply(event)
    fresh = build_board(busy, rules)
    for key, standing in fresh.standings.items():
        assert stale.standings[key].top(99) == standing.top(99)
        assert stale.standings[key].unit_totals() == standing.unit_totals()
        assert (stale.version(key), stale.working(key)) == (fresh.version(key), fresh.working(key))


def test_units_count_the_roster_of_the_day_up_the_tree(cast):
    make_member("Người Mới", unit=cast.may, since=TODAY + timedelta(days=1))
    make_member("Người Lao Động", unit=cast.truong, person_class="worker")
    everybody = ("full_time", "part_time", "member", "worker")
    sizes = {unit: facts.size for unit, facts in units_on(TODAY, eligible=everybody).items()}
    assert [sizes[one.unit_id] for one in (cast.may, cast.truong, cast.ba_tri, cast.province)] == [1, 1, 3, 9]
    assert units_on(TODAY, eligible=("member",))[cast.truong.unit_id].size == 0


def test_unit_rank_is_by_the_contests_rule(busy, cast):
    second = busy.rounds.get(number=2)
    make_member("Người Chưa Thi", unit=cast.may)
    assert unit_rank(busy, second, cast.may.unit_id, TODAY) == RankedUnit(3, cast.may.unit_id, 1, 2, 1000)
    assert unit_rank(busy, second, cast.ba_tri.unit_id, TODAY) is None
