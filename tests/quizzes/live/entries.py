"""Entrants of one contest for tests of boards, as the actions leave them."""

from datetime import datetime, timedelta
from typing import Any

from lms.people.models import Member, UnitVersion
from quizzes.live.protocol import Delta
from quizzes.live.publisher import announce
from quizzes.models import Attempt, Contest, Round
from tests.quizzes.makers import HOUR, NOON


def enter(
    contest: Contest, member: Member, unit: UnitVersion, *, score: int = 10, seconds: int = 60, number: int = 1,
    at: datetime = NOON - HOUR, one: Round | None = None, submitted: bool = True,
) -> Attempt:  # fmt: skip
    """A submitted attempt of `member` for `unit` (an open one if not `submitted`), written but not announced."""
    fields: dict[str, Any] = (
        {"submitted_at": at, "closed_by": "member", "score": score, "duration_ms": seconds * 1000} if submitted else {}
    )
    return Attempt.objects.create(
        round=one or contest.rounds.get(number=1),
        member=member,
        number=number,
        unit=unit.unit,
        unit_path=unit.path,
        person_class="member",
        paper=[],
        started_at=at - timedelta(seconds=seconds),
        deadline_at=at + HOUR,
        **fields,
    )


def delta_of(attempt: Attempt) -> Delta:
    return Delta(
        contest_id=attempt.round.contest_id,
        round_id=attempt.round_id,
        member_id=attempt.member_id,
        unit_path=attempt.unit_path,
        kind="started" if attempt.submitted_at is None else "submitted",
        attempt_id=attempt.pk,
        number=attempt.number,
        score=attempt.score,
        duration_ms=attempt.duration_ms or 0,
        submitted_at=attempt.submitted_at,
    )


def enter_and_announce(contest: Contest, member: Member, unit: UnitVersion, **kwargs: Any) -> Attempt:
    attempt = Attempt.objects.select_related("round").get(pk=enter(contest, member, unit, **kwargs).pk)
    announce(delta_of(attempt))
    return attempt
