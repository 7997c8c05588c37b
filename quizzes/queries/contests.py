"""Doors to contests, and the lists that screens need. They start from the member who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from lms.people.engine.path import subtree_range
from lms.people.models import Function, Member, UnitVersion
from lms.people.queries.scopes import scope_of
from quizzes.engine.rules import parse
from quizzes.models import Attempt, Contest, ContestState, Round
from quizzes.queries.cards import COMING, OPEN, ContestCard, cards_of, round_of_now
from quizzes.queries.entry import class_of, is_staff_of_anything, may_enter, organises


def contest_for(member: Member, slug: str, now: datetime) -> Contest:
    """The contest at `slug` if `member` may see it: drafts by who runs them, else by whom the rules admit; else 404.

    Staff see every published contest; who once entered keeps seeing it.
    """
    contest = _contest(slug)
    day = timezone.localdate(now)
    if contest.state == ContestState.DRAFT:
        if not organises(member, contest, day):
            raise Http404("a draft, and the member doesn't organise it")
        return contest
    if class_of(member, day) in parse(contest.rules).eligible or is_staff_of_anything(member, day):
        return contest
    if Attempt.objects.filter(round__contest=contest, member=member).exists():
        return contest
    raise Http404("the member's class of person isn't admitted")


def organised_contest_for(member: Member, slug: str, now: datetime) -> Contest:
    """The contest at `slug` if `member` runs it; else 404."""
    contest = _contest(slug)
    if not organises(member, contest, timezone.localdate(now)):
        raise Http404("the member doesn't organise this contest")
    return contest


def _contest(slug: str) -> Contest:
    contest = Contest.objects.prefetch_related("rounds").filter(slug=slug).first()
    if contest is None:
        raise Http404("no such contest")
    return contest


def contests_open_for(member: Member, now: datetime, *, person_class: str | None = None) -> list[ContestCard]:
    """What `member` can enter at this moment, soonest end first. One query when nothing is open, else three.

    Who knows the member's class of person of today already passes it and saves one.
    """
    rounds = Round.objects.filter(
        opens_at__lte=now, closes_at__gt=now, closed_at__isnull=True, contest__state=ContestState.PUBLISHED
    )
    found = list(rounds.select_related("contest").order_by("closes_at", "pk"))
    if not found:
        return []
    day = timezone.localdate(now)
    person_class = person_class or class_of(member, day)
    mine = [one for one in found if may_enter(member, one.contest, parse(one.contest.rules), person_class, day)]
    return cards_of(member, mine, now)


def card_for(member: Member, contest: Contest, now: datetime) -> ContestCard | None:
    """`contest` as `member` sees it now; None while it has no rounds (a draft)."""
    rounds = list(contest.rounds.all())
    if not rounds:
        return None
    one = round_of_now(rounds, now)
    one.contest = contest
    day = timezone.localdate(now)
    eligible = may_enter(member, contest, parse(contest.rules), class_of(member, day), day)
    return cards_of(member, [one], now, eligible={contest.pk: eligible})[0]


@dataclass(frozen=True)
class ContestLists:
    open: list[ContestCard]
    coming: list[ContestCard]
    closed: list[ContestCard]


def contests_for(member: Member, now: datetime) -> ContestLists:
    """Every contest that `member` may see, one card each; the newest of the closed ones first."""
    day = timezone.localdate(now)
    person_class, sees_all = class_of(member, day), is_staff_of_anything(member, day)
    published = Contest.objects.exclude(state=ContestState.DRAFT).prefetch_related("rounds")
    rounds, eligible = [], {}
    for contest in published.annotate(ends=Max("rounds__closes_at")).order_by("ends", "pk"):
        rules = parse(contest.rules)
        if not (sees_all or person_class in rules.eligible):
            continue
        one = round_of_now(contest.rounds.all(), now)
        one.contest = contest
        rounds.append(one)
        eligible[contest.pk] = may_enter(member, contest, rules, person_class, day)
    cards = cards_of(member, rounds, now, eligible=eligible)
    return ContestLists(
        open=_in_state(cards, OPEN),
        coming=_in_state(cards, COMING),
        closed=[card for card in reversed(cards) if card.state not in (OPEN, COMING)],
    )


def _in_state(cards: Iterable[ContestCard], state: str) -> list[ContestCard]:
    return [card for card in cards if card.state == state]


def organised_by(member: Member, day: date) -> QuerySet[Contest]:
    """Contests that `member` runs, newest first: all of them for the province, else those of the own unit's subtree."""
    scope = scope_of(member, day)
    contests = Contest.objects.prefetch_related("rounds").order_by("-created_at", "-pk")
    if scope.is_province_admin:
        return contests
    if not scope.has(Function.ORGANISER):
        return contests.none()
    below = Q()
    for function, path in scope.posts:
        if function == Function.ORGANISER:
            low, high = subtree_range(path)
            below |= Q(path__gte=low, path__lt=high)
    return contests.filter(owner__in=UnitVersion.objects.on(day).filter(below).values("unit_id"))
