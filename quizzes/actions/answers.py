"""Saving answers: one upsert, whatever is repeated or arrives out of order changes nothing."""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from quizzes.engine.scoring import is_possible, points
from quizzes.models import Answer, Attempt, LateAnswer
from quizzes.queries.sheets import Sheet, sheet_of

MAX_SEQ = 2**31 - 1
MOST_LATE = 1000  # of one attempt: more is a script, not a phone, and would fill the trail


@dataclass(frozen=True)
class Given:
    """What one tap said: these options at this place. A later tap has a higher `seq`."""

    place: int
    options: tuple[str, ...]
    seq: int


class ImpossibleAnswer(ValueError):
    """A place that the paper doesn't have, or options that the question doesn't offer: a tampered message."""


@dataclass
class Saved:
    """What became of each place: `kept` stands in the database, `late` was refused.

    `newer` tells what stands instead where another device has answered later.
    """

    kept: list[Given] = field(default_factory=list)
    late: list[Given] = field(default_factory=list)
    newer: list[Given] = field(default_factory=list)
    submitted: bool = False  # the attempt had ended before these answers arrived


def save_answers(attempt_id: int, given: Iterable[Given], *, arrived_at: datetime) -> Saved:
    """Keep the newest answer of each place if it arrived in time; what came too late is kept aside, for the trail.

    Attempt.DoesNotExist for an unknown attempt; ImpossibleAnswer, with nothing saved, for a tampered message.
    """
    sheet = sheet_of(attempt_id)
    newest = _newest(given)
    for one in newest:
        if not (0 <= one.place < len(sheet.keys) and 0 < one.seq <= MAX_SEQ):
            raise ImpossibleAnswer(f"place {one.place}, seq {one.seq}")
        if not is_possible(sheet.keys[one.place], one.options):
            raise ImpossibleAnswer(f"place {one.place}: {one.options}")
    if not newest:
        return Saved()
    written = _upsert(attempt_id, newest, sheet, arrived_at)
    saved = Saved(kept=[one for one in newest if one.place in written])
    rest = [one for one in newest if one.place not in written]
    if rest:
        _sort_out(attempt_id, rest, saved, arrived_at)
    return saved


def _newest(given: Iterable[Given]) -> list[Given]:
    """One a place, the highest `seq`; in the order of places, in which parallel writers lock the rows."""
    by_place: dict[int, Given] = {}
    for one in given:
        known = by_place.get(one.place)
        if known is None or one.seq > known.seq:
            by_place[one.place] = one
    return [by_place[place] for place in sorted(by_place)]


def _upsert(attempt_id: int, given: Sequence[Given], sheet: Sheet, arrived_at: datetime) -> set[int]:
    """Places written: none if the attempt has ended by now, not those where a newer answer stands.

    The share lock makes a submission wait for answers under way, and answers see a submission that was first.
    """
    values: list[Any] = []
    for one in given:
        worth = points(sheet.keys[one.place], one.options, right=sheet.right, wrong=sheet.wrong)
        values += [one.place, json.dumps(one.options), one.seq, str(worth)]
    moment = connection.ops.adapt_datetimefield_value
    earliest_deadline = moment(arrived_at - timedelta(seconds=sheet.grace_seconds))
    with _one_statement(), connection.cursor() as cursor:
        cursor.execute(
            _UPSERT[connection.vendor].format(rows=", ".join(["(%s, %s, %s, %s)"] * len(given))),
            [moment(arrived_at), *values, attempt_id, earliest_deadline],
        )
        return {place for (place,) in cursor.fetchall()}


def _one_statement() -> AbstractContextManager[object]:
    """PostgreSQL commits a lone statement by itself; SQLite does when its rows are read, so it keeps its turn."""
    return nullcontext() if connection.vendor == "postgresql" else transaction.atomic()


def _statement(json_cast: str, number_cast: str, lock: str) -> str:
    return f"""
        INSERT INTO {Answer._meta.db_table} (attempt_id, place, given, seq, points, arrived_at)
        SELECT a.id, v.column1, v.column2{json_cast}, v.column3, v.column4{number_cast}, %s
        FROM {Attempt._meta.db_table} a CROSS JOIN (VALUES {{rows}}) v
        WHERE a.id = %s AND a.submitted_at IS NULL AND a.deadline_at >= %s{lock}
        ON CONFLICT (attempt_id, place) DO UPDATE
        SET given = excluded.given, seq = excluded.seq, points = excluded.points, arrived_at = excluded.arrived_at
        WHERE excluded.seq > {Answer._meta.db_table}.seq
        RETURNING place"""  # noqa: S608  # table names only; every value is a parameter


_UPSERT = {
    "sqlite": _statement("", "", ""),
    "postgresql": _statement("::jsonb", "::numeric", " FOR SHARE OF a"),
}


def _sort_out(attempt_id: int, rest: Sequence[Given], saved: Saved, arrived_at: datetime) -> None:
    """Why these weren't written: they stand there already, something newer does, or they came too late."""
    places = [one.place for one in rest]
    standing = {answer.place: answer for answer in Answer.objects.filter(attempt_id=attempt_id, place__in=places)}
    late = []
    for one in rest:
        known = standing.get(one.place)
        if known is None or known.seq < one.seq:
            late.append(one)
        elif (known.seq, tuple(known.given)) == (one.seq, one.options):
            saved.kept.append(one)
        else:
            saved.newer.append(Given(known.place, tuple(known.given), known.seq))
    if late:
        _keep_aside(attempt_id, late, arrived_at)
        saved.late = late
    saved.submitted = Attempt.objects.filter(pk=attempt_id, submitted_at__isnull=False).exists()


def _keep_aside(attempt_id: int, late: Iterable[Given], arrived_at: datetime) -> None:
    if LateAnswer.objects.filter(attempt_id=attempt_id).count() >= MOST_LATE:
        return
    rows = [
        LateAnswer(attempt_id=attempt_id, place=one.place, given=list(one.options), seq=one.seq, arrived_at=arrived_at)
        for one in late
    ]
    LateAnswer.objects.bulk_create(rows, ignore_conflicts=True)
