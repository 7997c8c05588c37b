"""Beginning an attempt. Any number of parallel calls of one member begin one."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models import Member
from lms.people.queries.places import Place, place_of
from quizzes.actions.ending import end_if_over
from quizzes.actions.refusal import Refused
from quizzes.engine import clock, paper
from quizzes.engine.rules import Rules, parse
from quizzes.live.protocol import Delta
from quizzes.live.publisher import announce
from quizzes.models import Attempt, Contest, ContestState, PoolEntry, QuestionKind, Round
from quizzes.queries.bank import may_write_questions

_TRIES = 5  # a loser of a race looks again; somebody always wins


@dataclass(frozen=True)
class Started:
    attempt: Attempt
    new: bool  # False: the one that was open already goes on


def start_attempt(member: Member, round: Round, *, now: datetime, seed: int) -> Started:
    """The member's open attempt of `round`: the one that is open, else a new one; Refused with a sentence.

    Nobody waits for a lock: the unique constraints let one of many parallel calls win, the others find its attempt.
    """
    rules = parse(round.contest.rules)
    for _try in range(_TRIES):
        before = _attempts(member, round, now=now)
        for attempt in before:
            if attempt.submitted_at is None:
                return Started(attempt, new=False)
        place = _admitted(member, round, rules, used=len(before), now=now)
        try:
            with transaction.atomic():
                return Started(_begin(member, round, rules, place, len(before) + 1, now=now, seed=seed), new=True)
        except IntegrityError:
            continue
    raise Refused(_("Too many starts at once. Please press the button again."))


def _attempts(member: Member, round: Round, *, now: datetime) -> list[Attempt]:
    """What the member has done in this round; an attempt whose time has run out is ended first."""
    found = list(Attempt.objects.filter(member=member, round=round).order_by("number"))
    return [end_if_over(attempt, now=now) if attempt.submitted_at is None else attempt for attempt in found]


def _admitted(member: Member, round: Round, rules: Rules, *, used: int, now: datetime) -> Place:
    """The union for which `member` competes, once every condition holds; each has its own sentence."""
    if round.contest.state == ContestState.DRAFT:
        raise Refused(_("This contest has not been published yet."))
    if now < round.opens_at:
        raise Refused(_("This round has not opened yet. Please come back when it opens."))
    if round.closed_at is not None or now >= round.closes_at:
        raise Refused(_("This round has closed. No new attempt can be started."))
    if round.contest.organiser_id == member.pk:
        raise Refused(_("Whoever organises a contest can't enter it."))
    today = timezone.localdate(now)
    if member.is_staff and may_write_questions(member, today):
        raise Refused(_("Whoever writes questions knows their keys and can't enter a contest."))
    place = place_of(member, today)
    if place is None:
        raise Refused(_("You don't belong to any union in the roster, so you can't enter. Please ask your union."))
    if place.person_class not in rules.eligible:
        raise Refused(_("This contest's rules don't admit your class of person."))
    if rules.attempts_per_round is not None and used >= rules.attempts_per_round:
        raise Refused(_("You have used all your attempts of this round."))
    return place


def _begin(
    member: Member, round: Round, rules: Rules, place: Place, number: int, *, now: datetime, seed: int
) -> Attempt:
    try:
        drawn = paper.draw(_pool(round.contest), rules, seed)
    except paper.PoolTooSmall as error:
        raise Refused(_("This contest has too few questions. Please tell the organisers.")) from error
    attempt = Attempt.objects.create(
        round=round,
        member=member,
        number=number,
        unit_id=place.unit_id,
        unit_path=place.path,
        person_class=place.person_class,
        paper=[{"version": one.version, "options": list(one.options)} for one in drawn],
        started_at=now,
        deadline_at=clock.deadline(now, rules.minutes, round.closes_at),
    )
    announce(
        Delta(
            contest_id=round.contest_id,
            round_id=round.pk,
            member_id=member.pk,
            unit_path=place.path,
            kind="started",
            attempt_id=attempt.pk,
            number=number,
        )
    )
    return attempt


def _pool(contest: Contest) -> tuple[paper.Candidate, ...]:
    return _remembered_pool(contest.pk, contest.published_at)


@lru_cache(maxsize=50)
def _remembered_pool(contest_id: int, _published_at: datetime | None) -> tuple[paper.Candidate, ...]:
    """A published contest draws from the same questions for ever: read once a process."""
    entries = PoolEntry.objects.filter(contest_id=contest_id)
    found = []
    for version, part, kind, options in entries.values_list("version_id", "part", "version__kind", "version__options"):
        fixed = kind == QuestionKind.TRUE_FALSE  # "Đúng" always stands before "Sai"
        shown = tuple(paper.Option(one["id"], fixed or bool(one.get("pinned"))) for one in options)
        found.append(paper.Candidate(version, part, shown))
    return tuple(found)


def forget_pools() -> None:
    """Drop what is remembered: tests use the same ids for other contests."""
    _remembered_pool.cache_clear()
