"""Outages as an organiser sees them: when the service was silent, who lost time, whether it was used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from quizzes.engine.outage import Given, Run, Stretch, give_back
from quizzes.models import Answer, Attempt, Outage, Round, Silence

SHOWN_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Preview:
    """What giving this outage back would do."""

    outage: Stretch
    attempts: int
    reopened: int
    most_minutes: int  # that one attempt gets


def silences_of(one: Round, *, now: datetime) -> list[Stretch]:
    """When the service was silent within the round, lately; the newest first. What was given back is left out."""
    given = {(outage.begins_at, outage.ends_at) for outage in Outage.objects.filter(round=one)}
    silences = Silence.objects.filter(ends_at__gt=max(one.opens_at, now - SHOWN_FOR), begins_at__lt=one.closes_at)
    found = [
        Stretch(silence.begins_at, silence.ends_at) for silence in silences.order_by("-ends_at") if silence.ends_at
    ]
    return [stretch for stretch in found if (stretch.begins_at, stretch.ends_at) not in given]


def preview_of(one: Round, outage: Stretch, *, now: datetime) -> Preview:
    hit = attempts_hit(one, outage, now=now)
    longest = max((share.pause for _, share in hit), default=timedelta(0))
    reopened = sum(share.reopened for _, share in hit)
    return Preview(outage, len(hit), reopened, -(-longest // timedelta(minutes=1)))


def attempts_hit(
    one: Round, outage: Stretch, *, now: datetime, among: "QuerySet[Attempt] | None" = None
) -> list[tuple[Attempt, Given]]:
    """Whose clock ran in the outage, and what each would get."""
    attempts = Attempt.objects.all() if among is None else among
    found = attempts.filter(round=one, started_at__lt=outage.ends_at, deadline_at__gt=outage.begins_at)
    hit = []
    for attempt in found.defer("paper").order_by("pk"):
        run = Run(attempt.started_at, attempt.deadline_at, attempt.submitted_at, attempt.closed_by == "server")
        if share := give_back(run, outage, closes_at=one.closes_at, now=now):
            hit.append((attempt, share))
    return _with_one_open_each(one, hit)


def is_used(outage: Outage, *, now: datetime) -> bool:
    """Whether somebody was at work past her old deadline, handed in since, or has answered in a reopened attempt."""
    attempts = Attempt.objects.defer("paper").in_bulk([one["attempt"] for one in outage.given])
    for before in outage.given:
        attempt, was_open = attempts[before["attempt"]], before["submitted_at"] is None
        ended_since = attempt.submitted_at is not None and attempt.submitted_at >= outage.given_at
        if ended_since or (was_open and now > datetime.fromisoformat(before["deadline_at"])):
            return True
    reopened = [one["attempt"] for one in outage.given if one["closed_by"] == "server"]
    return Answer.objects.filter(attempt_id__in=reopened, arrived_at__gte=outage.given_at).exists()


def _with_one_open_each(one: Round, hit: Sequence[tuple[Attempt, Given]]) -> list[tuple[Attempt, Given]]:
    """Who has begun another attempt since keeps that one: of a round a person has one open attempt."""
    if not any(share.reopened for _, share in hit):
        return list(hit)
    taken = set(Attempt.objects.filter(round=one, submitted_at__isnull=True).values_list("member_id", flat=True))
    kept = []
    for attempt, share in sorted(hit, key=lambda found: -found[0].number):
        if share.reopened and attempt.member_id in taken:
            continue
        if share.reopened:
            taken.add(attempt.member_id)
        kept.append((attempt, share))
    return kept
