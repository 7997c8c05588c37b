"""What becomes of a person's attempts when the person is erased or turns out to be two accounts."""

from django.db import transaction
from django.db.models import F

from quizzes.engine import clock, scoring
from quizzes.models import Attempt, Contest, Incident, Question

_OUT_OF_THE_WAY = 10_000  # numbers that no attempt has


@transaction.atomic
def erase(member_id: int) -> None:
    """The person's own words go; results stay in the totals, joined to no name any more."""
    Incident.objects.filter(attempt__member_id=member_id).update(text="")
    Question.objects.filter(author_id=member_id).update(author=None)
    Contest.objects.filter(organiser_id=member_id).update(organiser=None)


@transaction.atomic
def merge(kept_id: int, dropped_id: int) -> None:
    """Every attempt to the kept account, numbered anew round by round in the order in which they began."""
    Question.objects.filter(author_id=dropped_id).update(author_id=kept_id)
    Contest.objects.filter(organiser_id=dropped_id).update(organiser_id=kept_id)
    theirs = Attempt.objects.filter(member_id=dropped_id)
    rounds = set(theirs.values_list("round_id", flat=True))
    _end_second_open(kept_id, dropped_id)
    theirs.update(member_id=kept_id, number=F("number") + _OUT_OF_THE_WAY)
    for round_id in rounds:
        attempts = Attempt.objects.filter(member_id=kept_id, round_id=round_id).order_by("started_at", "pk")
        attempts.update(number=F("number") + 2 * _OUT_OF_THE_WAY)
        for number, attempt in enumerate(attempts, start=1):
            attempt.number = number
            attempt.save(update_fields=["number"])


def _end_second_open(kept_id: int, dropped_id: int) -> None:
    """One person has one open attempt in a round: the dropped account's ends as if its time had run out."""
    mine = Attempt.objects.filter(member_id=kept_id, submitted_at__isnull=True).values_list("round_id", flat=True)
    for attempt in Attempt.objects.filter(member_id=dropped_id, submitted_at__isnull=True, round_id__in=list(mine)):
        result = scoring.total(attempt.answers.values_list("given", "points"))
        attempt.score, attempt.answered = result.score, result.answered
        attempt.submitted_at, attempt.closed_by = attempt.deadline_at, "server"
        attempt.duration_ms = clock.full_ms(attempt.started_at, attempt.deadline_at)
        attempt.save(update_fields=["score", "answered", "submitted_at", "closed_by", "duration_ms"])
