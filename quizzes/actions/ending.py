"""Ending an attempt: by the member who hands it in, or by the server when the time has run out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from lms.learning.actions import complete
from lms.learning.models import Activity
from quizzes.engine import clock, scoring
from quizzes.engine.rules import GRACE_SECONDS, parse
from quizzes.live.protocol import Delta
from quizzes.live.publisher import announce
from quizzes.models import Answer, Attempt, Round

BY_MEMBER, BY_SERVER = "member", "server"


def submit_attempt(attempt: Attempt, *, now: datetime) -> Attempt:
    """Hand in `attempt`. Any number of parallel calls hand it in once; after its time the server has closed it."""
    with transaction.atomic():
        current = _locked(attempt.pk)
        if current.submitted_at is None:
            _end(current, by=BY_SERVER if _is_over(current, now) else BY_MEMBER, now=now)
    return current


def end_if_over(attempt: Attempt, *, now: datetime) -> Attempt:
    """`attempt` as it is, closed by the server if its time has run out and nothing more can count."""
    if attempt.submitted_at is not None or now <= attempt.deadline_at:
        return attempt
    with transaction.atomic():
        current = _locked(attempt.pk)
        if current.submitted_at is None and _is_over(current, now):
            _end(current, by=BY_SERVER, now=now)
    return current


def close_expired(*, now: datetime, most: int = 2000) -> int:
    """Close what its member left open past the deadline and the grace, and then the rounds that are over.

    A transaction an attempt, so that nobody waits long for the write lock. Returns the number of attempts closed.
    """
    expired = Attempt.objects.filter(submitted_at__isnull=True, deadline_at__lt=now).order_by("deadline_at")
    closed = sum(end_if_over(attempt, now=now).submitted_at is not None for attempt in expired[:most])
    _close_rounds(now)
    return closed


def _close_rounds(now: datetime) -> None:
    """A round is over when its hour has come, the grace has passed and no attempt of it is open."""
    ended = now - timedelta(seconds=GRACE_SECONDS)
    still_open = Attempt.objects.filter(round=OuterRef("pk"), submitted_at__isnull=True)
    over = Round.objects.filter(~Exists(still_open), closed_at__isnull=True, closes_at__lt=ended)
    for pk in list(over.values_list("pk", flat=True)):
        Round.objects.filter(pk=pk, closed_at__isnull=True).update(closed_at=now)


def _locked(attempt_id: int) -> Attempt:
    return Attempt.objects.select_for_update(of=("self",)).select_related("round__contest", "member").get(pk=attempt_id)


def _is_over(attempt: Attempt, now: datetime) -> bool:
    return clock.is_over(now, attempt.deadline_at, parse(attempt.round.contest.rules).grace_seconds)


def _end(attempt: Attempt, *, by: str, now: datetime) -> None:
    """Fix the result, enter it in the ledger and tell the boards. What the server closes ended at its deadline."""
    result = scoring.total(Answer.objects.filter(attempt=attempt).values_list("given", "points"))
    attempt.score, attempt.answered, attempt.closed_by = result.score, result.answered, by
    if by == BY_SERVER:
        attempt.submitted_at = attempt.deadline_at
        attempt.duration_ms = clock.full_ms(attempt.started_at, attempt.deadline_at)
    else:
        attempt.submitted_at = now
        attempt.duration_ms = clock.duration_ms(attempt.started_at, now, attempt.deadline_at)
    attempt.save(update_fields=["score", "answered", "closed_by", "submitted_at", "duration_ms"])
    activity = Activity.objects.filter(key=f"contest:{attempt.round.contest_id}").first()
    if activity is not None:
        complete(attempt.member, activity, now=attempt.submitted_at)
    announce(
        Delta(
            contest_id=attempt.round.contest_id,
            round_id=attempt.round_id,
            member_id=attempt.member_id,
            unit_path=attempt.unit_path,
            kind="submitted",
            attempt_id=attempt.pk,
            number=attempt.number,
            score=attempt.score,
            duration_ms=attempt.duration_ms,
            submitted_at=attempt.submitted_at,
        )
    )
