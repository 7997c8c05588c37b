"""Ending an attempt: by the member who hands it in, or by the server when the time has run out."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from quizzes.actions.outages import SILENT_AFTER
from quizzes.actions.settling import settle
from quizzes.engine.clock import is_over
from quizzes.engine.rules import GRACE_SECONDS, parse
from quizzes.models import Attempt, Contest, Outage, Round, Silence

AFTER_OUTAGE = timedelta(minutes=30)
AT_ONCE = 100  # attempts in one transaction: about a tenth of a second of the write lock


def submit_attempt(attempt: Attempt, *, now: datetime) -> Attempt:
    """Hand in `attempt`. Any number of parallel calls hand it in once; after its time the server has closed it."""
    return settle([attempt.pk], now=now, only_over=False)[attempt.pk]


def hand_in(attempt_ids: Collection[int], *, now: datetime) -> dict[int, Attempt]:
    """Hand in many attempts, as `submit_attempt` does one; unknown ids are left out."""
    return _in_portions(attempt_ids, now=now, only_over=False)


def end_if_over(attempt: Attempt, *, now: datetime) -> Attempt:
    """`attempt` as it is, closed by the server if its time has run out and nothing more can count."""
    if attempt.submitted_at is not None or now <= attempt.deadline_at:
        return attempt
    return settle([attempt.pk], now=now, only_over=True)[attempt.pk]


def close_expired(*, now: datetime, most: int = 5000) -> int:
    """Close what its member left open past the deadline and the grace, and then the rounds that are over.

    Returns the number of attempts closed. Some attempts a transaction, so that nobody waits long for the write lock.
    """
    attempts = _in_portions(_expired(now, most), now=now, only_over=True)
    _close_rounds(now)
    return sum(attempt.submitted_at is not None for attempt in attempts.values())


def _expired(now: datetime, most: int) -> list[int]:
    """Open attempts whose grace has passed as well: whoever is within it isn't locked for nothing."""
    late = Attempt.objects.filter(submitted_at__isnull=True, deadline_at__lt=now).order_by("deadline_at")
    found = list(late.values_list("pk", "deadline_at", "round__contest_id")[:most])
    contests = Contest.objects.in_bulk({contest_id for _, _, contest_id in found})
    grace = {pk: parse(contest.rules).grace_seconds for pk, contest in contests.items()}
    return [pk for pk, deadline, contest_id in found if is_over(now, deadline, grace[contest_id])]


def _in_portions(attempt_ids: Collection[int], *, now: datetime, only_over: bool) -> dict[int, Attempt]:
    """Contest by contest, in the order of ids."""
    by_contest: dict[int, list[int]] = defaultdict(list)
    known = Attempt.objects.filter(pk__in=attempt_ids).order_by("pk")
    for pk, contest_id in known.values_list("pk", "round__contest_id"):
        by_contest[contest_id].append(pk)
    ended: dict[int, Attempt] = {}
    for ids in by_contest.values():
        for at in range(0, len(ids), AT_ONCE):
            ended |= settle(ids[at : at + AT_ONCE], now=now, only_over=only_over)
    return ended


def _close_rounds(now: datetime) -> None:
    """A round is over when its hour has come, the grace has passed and no attempt of it is open.

    After an outage that touched it the organiser has half an hour to give the time back: a closed round tells its keys.
    """
    ended = now - timedelta(seconds=GRACE_SECONDS)
    still_open = Attempt.objects.filter(round=OuterRef("pk"), submitted_at__isnull=True)
    over = Round.objects.filter(~Exists(still_open), closed_at__isnull=True, closes_at__lt=ended)
    just_now = Q(ends_at__gt=now - AFTER_OUTAGE) | Q(ends_at__isnull=True, begins_at__lt=now - SILENT_AFTER)
    silent = Silence.objects.filter(just_now, begins_at__lt=OuterRef("closes_at")).exclude(
        ends_at__lte=OuterRef("opens_at")
    )
    given = Outage.objects.filter(round=OuterRef("pk"))
    for pk in list(over.exclude(Exists(silent) & ~Exists(given)).values_list("pk", flat=True)):
        Round.objects.filter(pk=pk, closed_at__isnull=True).update(closed_at=now)
