"""What may still change once a contest is published: a later closing time, and the word "official"."""

from datetime import datetime

from django.db import transaction

from lms.audit.actions import record
from lms.people.models import Member
from quizzes.engine.clock import deadline
from quizzes.engine.reading import Problem
from quizzes.engine.rules import RulesError, parse, to_document
from quizzes.models import Attempt, Contest, ContestState, Round


class RoundNotExtended(ValueError):
    """The closing time stays as it is; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


class NotYetOfficial(ValueError):
    """A round is still open, or the server is still closing attempts."""


@transaction.atomic
def extend_round(actor: Member, contest: Contest, number: int, *, closes_at: datetime, now: datetime) -> Round:
    """Let a round close later, traced. Never earlier, and never once it has closed: its answers may be public."""
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    one = Round.objects.select_for_update().get(contest=locked, number=number)
    if locked.state != ContestState.PUBLISHED or one.closed_at or now >= one.closes_at:
        raise RoundNotExtended([Problem("closes_at", "round_over")])
    if closes_at <= one.closes_at:
        raise RoundNotExtended([Problem("closes_at", "only_later", {"closes_at": one.closes_at})])
    before = one.closes_at
    locked.rules = _with_closing(locked, number, closes_at)
    locked.save(update_fields=["rules"])
    one.closes_at = closes_at
    one.save(update_fields=["closes_at"])
    _lengthen_open_attempts(one, before, minutes=parse(locked.rules).minutes)
    details = {"round": number, "from": before.isoformat(), "to": closes_at.isoformat()}
    record(actor, "contest.extend", locked, now=now, details=details)
    return one


def _with_closing(contest: Contest, number: int, closes_at: datetime) -> dict[str, object]:
    rounds = [dict(one) for one in contest.rules["rounds"]]
    rounds[number - 1]["closes_at"] = closes_at.isoformat()
    try:
        return to_document(parse({**contest.rules, "rounds": rounds}))
    except RulesError as error:
        raise RoundNotExtended([Problem("closes_at", "reaches_next_round")]) from error


def _lengthen_open_attempts(one: Round, before: datetime, *, minutes: int) -> None:
    """Attempts that the old closing time had cut short get their minutes back."""
    for attempt in Attempt.objects.filter(round=one, submitted_at__isnull=True, deadline_at=before):
        attempt.deadline_at = deadline(attempt.started_at, minutes, one.closes_at)
        attempt.save(update_fields=["deadline_at"])


@transaction.atomic
def make_official(actor: Member, contest: Contest, *, now: datetime) -> Contest:
    """Declare the results final: every round is over and every attempt closed. Doing it twice changes nothing."""
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    if locked.state == ContestState.OFFICIAL:
        return locked
    rounds = list(locked.rounds.all())
    if locked.state != ContestState.PUBLISHED or any(one.closed_at is None for one in rounds):
        raise NotYetOfficial(f"{locked.slug} has rounds that are not closed")
    locked.state = ContestState.OFFICIAL
    locked.save(update_fields=["state"])
    entrants = Attempt.objects.filter(round__contest=locked).values("member").distinct().count()
    record(actor, "contest.make_official", locked, now=now, details={"entrants": entrants})
    return locked
