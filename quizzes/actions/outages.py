"""Outages: noticing that the service was silent, and giving the lost time back to the entrants of a round."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.people.models import Member
from quizzes.actions.refusal import Refused
from quizzes.engine import clock
from quizzes.engine.outage import Given, Stretch
from quizzes.models import Attempt, ContestState, Outage, Round, Silence
from quizzes.queries.outages import attempts_hit, is_used

SILENT_AFTER = timedelta(seconds=20)
LONGEST = timedelta(hours=24)
_CHANGED = ("deadline_at", "submitted_at", "closed_by", "duration_ms", "pause_ms")
_AT_ONCE = 200


def note_sign_of_life(now: datetime) -> None:
    """Called again and again by the clock. A longer pause than a restart takes is kept as a silence."""
    going_on = Silence.objects.filter(ends_at__isnull=True)
    if going_on.filter(begins_at__gt=now - SILENT_AFTER).update(begins_at=now):
        return
    with transaction.atomic():
        going_on.filter(begins_at__lt=now).update(ends_at=now)
        Silence.objects.create(begins_at=now)


def give_outage_back(actor: Member, one: Round, outage: Stretch, *, now: datetime) -> Outage:
    """Move the deadlines of whoever was at work, reopen what the server closed for it, take it off durations; traced.

    Pressing twice gives once. Refused once the round has closed: its answers may be public.
    """
    with transaction.atomic():
        locked = Round.objects.select_for_update(of=("self",)).select_related("contest").get(pk=one.pk)
        if same := Outage.objects.filter(round=locked, begins_at=outage.begins_at, ends_at=outage.ends_at).first():
            return same
        _check(locked, outage, now)
        changed = attempts_hit(locked, outage, now=now, among=Attempt.objects.select_for_update(of=("self",)))
        given = [_give(attempt, share) for attempt, share in changed]
        Attempt.objects.bulk_update([attempt for attempt, _share in changed], _CHANGED, batch_size=_AT_ONCE)
        made = Outage.objects.create(
            round=locked, begins_at=outage.begins_at, ends_at=outage.ends_at, given_at=now, given=given
        )
        _trace(actor, "contest.outage", made, now)
    return made


def take_outage_back(actor: Member, outage: Outage, *, now: datetime) -> None:
    """Everything as it was, traced. Refused once somebody has worked or handed in with the time given."""
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=outage.round_id)
        locked = Outage.objects.select_related("round__contest").filter(pk=outage.pk).first()
        if locked is None:
            return
        if is_used(locked, now=now):
            raise Refused(_("Entrants have used the time already. It can't be taken back."))
        attempts = Attempt.objects.select_for_update().in_bulk([one["attempt"] for one in locked.given])
        for before in locked.given:
            attempt = attempts[before["attempt"]]
            for name in _CHANGED:
                value = before[name]
                setattr(attempt, name, datetime.fromisoformat(value) if value and name.endswith("_at") else value)
        Attempt.objects.bulk_update(attempts.values(), _CHANGED, batch_size=_AT_ONCE)
        _trace(actor, "contest.outage_undo", locked, now)
        locked.delete()


def _check(one: Round, outage: Stretch, now: datetime) -> None:
    if not outage.begins_at < outage.ends_at <= now or outage.length > LONGEST:
        raise Refused(_("Please give the beginning and the end of the outage; it must be over."))
    if one.closed_at is not None or one.contest.state != ContestState.PUBLISHED:
        raise Refused(_("This round has closed, its answers may be public. No time can be given back any more."))
    if Outage.objects.filter(round=one, begins_at__lt=outage.ends_at, ends_at__gt=outage.begins_at).exists():
        raise Refused(_("A part of this time has been given back already."))


def _give(attempt: Attempt, share: Given) -> dict[str, Any]:
    """Change `attempt` in memory; how it was."""
    before = {"attempt": attempt.pk} | {name: _plain(getattr(attempt, name)) for name in _CHANGED}
    pause = clock.milliseconds(share.pause)
    attempt.deadline_at, attempt.pause_ms = share.deadline_at, attempt.pause_ms + pause
    if share.reopened:
        attempt.submitted_at, attempt.closed_by, attempt.duration_ms = None, "", None
    elif attempt.duration_ms is not None:
        attempt.duration_ms = max(0, attempt.duration_ms - pause)
    return before


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _trace(actor: Member, verb: str, outage: Outage, now: datetime) -> None:
    details = {
        "round": outage.round.number,
        "from": outage.begins_at.isoformat(),
        "to": outage.ends_at.isoformat(),
        "attempts": len(outage.given),
    }
    record(actor, verb, outage.round.contest, now=now, details=details)
