"""What who runs a contest sees of it: numbers of all, names of the own subtree only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from lms.people.engine.path import subtree_range
from lms.people.models import Function, Member
from lms.people.queries.scopes import scope_of
from lms.text.fold import fold
from quizzes.models import Attempt, Contest, Incident, Round


@dataclass(frozen=True)
class RoundCounts:
    round: Round
    people: int  # who submitted, each once
    submitted: int
    open: int


def counts_of(contest: Contest) -> list[RoundCounts]:
    """Participation round by round. One query besides the rounds."""
    done = Q(attempts__submitted_at__isnull=False)
    rounds = contest.rounds.annotate(
        people=Count("attempts__member", filter=done, distinct=True),
        submitted=Count("attempts", filter=done, distinct=True),
        going_on=Count("attempts", filter=~done, distinct=True),
    )
    return [RoundCounts(one, one.people, one.submitted, one.going_on) for one in rounds.order_by("number")]


def people_in(contest: Contest) -> int:
    """Who submitted in any round, each once."""
    done = Attempt.objects.filter(round__contest=contest, submitted_at__isnull=False)
    return done.values("member").distinct().count()


def entrants_of(contest: Contest, member: Member, day: date, *, text: str = "") -> QuerySet[Attempt]:
    """Attempts of entrants whose union lay in `member`'s part of the tree, newest first; `text` narrows by name."""
    found = Attempt.objects.filter(_below(_roots(member, day)), round__contest=contest)
    for word in fold(text).split():
        found = found.filter(member__search_text__contains=word)
    return found.select_related("member", "round").defer("paper").order_by("-started_at", "-pk")


def incidents_of(contest: Contest) -> QuerySet[Incident]:
    """What entrants reported, newest first."""
    reports = Incident.objects.filter(attempt__round__contest=contest)
    return reports.select_related("attempt__member", "attempt__round").order_by("-reported_at", "-pk")


def may_name(member: Member, day: date, attempts: Iterable[Attempt]) -> set[int]:
    """Those of `attempts` whose entrants `member` may see by name."""
    roots = _roots(member, day)
    return {attempt.pk for attempt in attempts if any(attempt.unit_path.startswith(root) for root in roots)}


def _roots(member: Member, day: date) -> list[str]:
    functions = (Function.ORGANISER, Function.PROVINCE_ADMIN)
    return [path for function, path in scope_of(member, day).posts if function in functions]


def _below(roots: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for root in roots:
        low, high = subtree_range(root)
        wanted |= Q(unit_path__gte=low, unit_path__lt=high)
    return wanted
