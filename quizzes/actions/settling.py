"""Fixing the results of many attempts in one transaction: what a round's last second asks for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from lms.learning.actions import complete_all
from lms.learning.models import Activity
from quizzes.engine import clock, scoring
from quizzes.engine.rules import parse
from quizzes.live.protocol import Delta
from quizzes.live.publisher import announce
from quizzes.models import Answer, Attempt, Round

BY_MEMBER, BY_SERVER = "member", "server"


def settle(attempt_ids: Collection[int], *, now: datetime, only_over: bool) -> dict[int, Attempt]:
    """End these attempts of one contest (with `only_over` those whose time has run out); all of them as they are now.

    Any number of parallel calls end each once. What the server closes ended at its deadline.
    """
    with transaction.atomic():
        attempts = _locked(attempt_ids)
        ended = []
        for attempt in attempts.values():
            over = is_over(attempt, now)
            if attempt.submitted_at is None and (over or not only_over):
                _mark(attempt, by=BY_SERVER if over else BY_MEMBER, now=now)
                ended.append(attempt)
        if ended:
            _add_up(ended)
            _write(ended)
            _enter_in_ledger(ended)
            for attempt in ended:
                announce(delta_of(attempt))
    return attempts


def is_over(attempt: Attempt, now: datetime) -> bool:
    return clock.is_over(now, attempt.deadline_at, parse(attempt.round.contest.rules).grace_seconds)


def delta_of(attempt: Attempt) -> Delta:
    """What the boards hear of an attempt that has ended."""
    return Delta(
        contest_id=attempt.round.contest_id,
        round_id=attempt.round_id,
        member_id=attempt.member_id,
        unit_path=attempt.unit_path,
        kind="submitted",
        attempt_id=attempt.pk,
        number=attempt.number,
        score=attempt.score,
        duration_ms=attempt.duration_ms or 0,
        submitted_at=attempt.submitted_at,
    )


def _locked(attempt_ids: Collection[int]) -> dict[int, Attempt]:
    """In the order of ids, in which every writer takes them; answers under way are waited for."""
    wanted = Attempt.objects.filter(pk__in=attempt_ids).defer("paper").order_by("pk")
    attempts = {attempt.pk: attempt for attempt in wanted.select_for_update(of=("self",))}
    rounds = Round.objects.select_related("contest").in_bulk({attempt.round_id for attempt in attempts.values()})
    for attempt in attempts.values():
        attempt.round = rounds[attempt.round_id]
    return attempts


def _mark(attempt: Attempt, *, by: str, now: datetime) -> None:
    attempt.closed_by = by
    if by == BY_SERVER:
        attempt.submitted_at = attempt.deadline_at
        attempt.duration_ms = clock.full_ms(attempt.started_at, attempt.deadline_at, pause_ms=attempt.pause_ms)
    else:
        attempt.submitted_at = now
        attempt.duration_ms = clock.duration_ms(attempt.started_at, now, attempt.deadline_at, pause_ms=attempt.pause_ms)


def _add_up(ended: Sequence[Attempt]) -> None:
    answers: dict[int, list[tuple[Collection[str], Decimal]]] = defaultdict(list)
    rows = Answer.objects.filter(attempt_id__in=[attempt.pk for attempt in ended])
    for attempt_id, given, points in rows.values_list("attempt_id", "given", "points"):
        answers[attempt_id].append((given, points))
    for attempt in ended:
        result = scoring.total(answers[attempt.pk])
        attempt.score, attempt.answered = result.score, result.answered


def _write(attempts: Sequence[Attempt]) -> None:
    moment = connection.ops.adapt_datetimefield_value
    values: list[Any] = []
    for one in attempts:
        values += [one.pk, str(one.score), one.answered, one.closed_by, moment(one.submitted_at), one.duration_ms]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE.format(rows=", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(attempts))), values)


_NUMBER = {"postgresql": "::numeric", "sqlite": ""}[connection.vendor]
_UPDATE = f"""
    UPDATE {Attempt._meta.db_table} SET score = v.column2{_NUMBER}, answered = v.column3, closed_by = v.column4,
        submitted_at = v.column5, duration_ms = v.column6
    FROM (VALUES {{rows}}) v WHERE id = v.column1"""  # noqa: S608  # a table's name; every value is a parameter


def _enter_in_ledger(attempts: Sequence[Attempt]) -> None:
    """All are of one contest: locks of the counts are then taken by one statement, in one order."""
    activity = Activity.objects.filter(key=f"contest:{attempts[0].round.contest_id}").first()
    if activity is not None:
        complete_all(activity, {one.member_id: one.submitted_at for one in reversed(attempts) if one.submitted_at})
