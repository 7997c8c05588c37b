"""What boards are made of, from the database: it alone is the truth, every board can be made again from here."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from time import sleep

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from lms.people.engine.path import unit_ids
from lms.people.models import Level, Member, Membership, UnitVersion
from quizzes.engine.board import Board, Started
from quizzes.engine.ranking import EPOCH, RankedUnit, Result, moment_of, rank_units
from quizzes.engine.rules import Rules, parse
from quizzes.models import Attempt, Contest, Round

LOOK_BACK = timedelta(seconds=60)  # longer than any transaction takes from its stamp to its commit
GLANCE_BACK = timedelta(seconds=3)  # longer than nearly all take
_EPOCH_UNSAID, _MICROSECOND = EPOCH.replace(tzinfo=None), timedelta(microseconds=1)
_AT_ONCE = 2000  # rows between two rests
_REST = 0.0005  # seconds in which other threads may have the interpreter
_COLUMNS = ("pk", "round_id", "member_id", "number", "unit_path", "score", "duration_ms", "submitted_at")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A union on one day. `size` = people on the roster there and below whom the rules admit."""

    name: str
    level: str
    size: int


def build_board(contest: Contest, rules: Rules) -> Board:
    """The board as the database has it now. Two queries (one if the rounds are there already)."""
    board = Board(rounds=[one.pk for one in contest.rounds.all()], comparators=rules.comparators, how=rules.counted)
    board.fill(_events(Attempt.objects.filter(round__contest=contest)))
    return board


def glance(board: Board, contest: Contest) -> list[Started | Result]:
    """What began or was handed in since the newest that the board knows. Cheap, and finds nearly everything."""
    since = moment_of(board.newest_us) - GLANCE_BACK
    attempts = Attempt.objects.filter(round__contest=contest)
    begun = attempts.filter(pk__gt=board.newest_attempt)
    ended = attempts.filter(submitted_at__gte=since)
    return [*_events(begun), *_events(ended)]


def news_for(board: Board, contest: Contest) -> list[Started | Result]:
    """What a board may have missed: open attempts, late submissions, and whatever it takes for open but isn't.

    What the server closes is stamped with its deadline, long before the commit: only the last rule finds that.
    """
    attempts = Attempt.objects.filter(round__contest=contest)
    since = moment_of(board.newest_us) - LOOK_BACK
    news = list(_events(attempts.filter(Q(submitted_at__isnull=True) | Q(submitted_at__gte=since))))
    if ended := board.no_longer_open(event.attempt for event in news):
        news.extend(_events(attempts.filter(pk__in=list(ended)[:10_000])))
    return news


def _events(attempts: QuerySet[Attempt]) -> Iterator[Started | Result]:
    """Straight from the driver: Django's converters would take three times as long for 100,000 rows.

    The thread rests between blocks, so that a loop which answers sockets beside it isn't kept waiting.
    """
    sql, params = attempts.order_by().values_list(*_COLUMNS).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(_AT_ONCE):
            for pk, round_id, member, number, path, score, ms, at in rows:
                if at is None:
                    yield Started(pk, round_id)
                else:  # SQLite gives a number and UTC without saying so, PostgreSQL a Decimal and a moment
                    since = at - (EPOCH if at.tzinfo else _EPOCH_UNSAID)
                    yield Result(pk, round_id, member, number, path, round(score * 100), ms or 0, since // _MICROSECOND)
            if len(rows) == _AT_ONCE:
                sleep(_REST)


def names_of(members: Collection[int]) -> dict[int, str]:
    return dict(Member.objects.filter(pk__in=members).values_list("pk", "full_name"))


def units_on(day: date, *, eligible: Collection[str]) -> dict[int, UnitFacts]:
    """Every union of `day` with the people whom the rules admit, counted up the tree. Two queries."""
    at_home = Membership.objects.on(day).filter(person_class__in=eligible).values_list("unit_id")
    people = dict(at_home.annotate(people=Count("pk")).order_by())
    versions = list(UnitVersion.objects.on(day).values_list("unit_id", "short_name", "level", "path"))
    sizes: Counter[int] = Counter()
    for unit, _, _, path in versions:
        for above in unit_ids(path):
            sizes[above] += people.get(unit, 0)
    return {unit: UnitFacts(name, level, sizes[unit]) for unit, name, level, _ in versions}


def ranked_units(board: Board, number: int, units: dict[int, UnitFacts], rules: Rules) -> list[RankedUnit]:
    """Grassroots unions in the contest's order; `number` is a round's key or ALL_ROUNDS."""
    sizes = {unit: facts.size for unit, facts in units.items() if facts.level == Level.GRASSROOTS}
    totals = board.standings[number].unit_totals()
    return rank_units(totals, sizes, by=rules.unit_ranking, min_people=rules.unit_min_people)


def own_rank(contest: Contest, one: Round, member: Member) -> int | None:
    """A person's rank in a round, counted by the database alone; None before the first submission. Two queries."""
    rules = parse(contest.rules)
    fields = [_FIELDS[name] for name in rules.comparators]
    turns = Attempt.objects.filter(round=one, submitted_at__isnull=False).annotate(
        turn=Window(RowNumber(), partition_by=F("member"), order_by=_order(rules))
    )
    # In a query of its own: the window must see all attempts of a person before one of them is chosen.
    counted = Attempt.objects.filter(pk__in=turns.filter(turn=1).values("pk"))
    mine = counted.filter(member=member).values_list(*fields).first()
    if mine is None:
        return None
    return 1 + counted.filter(_better(rules.comparators, mine)).count()


def unit_rank(contest: Contest, one: Round, unit_id: int, day: date) -> RankedUnit | None:
    """The place of a grassroots union in a round; None if it isn't ranked."""
    rules = parse(contest.rules)
    board = build_board(contest, rules)
    units = units_on(day, eligible=rules.eligible)
    return next((line for line in ranked_units(board, one.pk, units, rules) if line.unit == unit_id), None)


_FIELDS = {"score": "score", "duration": "duration_ms", "submitted_at": "submitted_at"}


def _order(rules: Rules) -> list[str]:
    if rules.counted == "first":
        return ["number"]
    if rules.counted == "last":
        return ["-number"]
    return [("-score" if name == "score" else _FIELDS[name]) for name in rules.comparators] + ["number"]


def _better(comparators: tuple[str, ...], mine: tuple[object, ...]) -> Q:
    """Strictly better than `mine`: ahead in some comparator and equal in all before it."""
    ahead, equal = Q(pk__in=[]), Q()
    for name, value in zip(comparators, mine, strict=True):
        field = _FIELDS[name]
        ahead |= equal & Q(**{f"{field}__{'gt' if name == 'score' else 'lt'}": value})
        equal &= Q(**{field: value})
    return ahead
