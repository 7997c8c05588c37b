"""One transaction that writes the answers of many attempts: the database judges what still counts.

Written is what belongs to an open attempt, arrived by its deadline and grace, and is newer than what stands. Called
with answers that the paper allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import psycopg
from django.db import connection, transaction

from quizzes.models import Answer, Attempt


@dataclass(frozen=True)
class Row:
    attempt_id: int
    place: int
    given: str  # JSON
    seq: int
    points: str
    arrived_at: datetime
    grace_seconds: int


def upsert(rows: Sequence[Row], *, wait: bool) -> set[int]:
    """Which of `rows` were written, by index. Without `wait` an attempt that is being changed right now is passed over,
    so that one slow submission holds up nobody else's answers (PostgreSQL; SQLite has one writer at a time)."""
    return _together(rows, wait=wait) if connection.vendor == "postgresql" else _one_by_one(rows)


_COLUMNS = "attempt_id, place, given, seq, points, arrived_at"
_ANSWERS, _ATTEMPTS = Answer._meta.db_table, Attempt._meta.db_table
_CONFLICT = f"""
    ON CONFLICT (attempt_id, place) DO UPDATE
    SET given = excluded.given, seq = excluded.seq, points = excluded.points, arrived_at = excluded.arrived_at
    WHERE excluded.seq > {_ANSWERS}.seq"""  # noqa: S608  # table names only

_SQLITE = f"""
    INSERT INTO {_ANSWERS} ({_COLUMNS}) SELECT ?, ?, ?, ?, ?, ? FROM {_ATTEMPTS}
    WHERE id = ? AND submitted_at IS NULL AND deadline_at >= ?{_CONFLICT}"""  # noqa: S608  # table names only


def _one_by_one(rows: Sequence[Row]) -> set[int]:
    """Past Django's cursor: a prepared statement a row costs a tenth of it."""
    moment, written = cache(connection.ops.adapt_datetimefield_value), set[int]()  # a message's answers share theirs
    with transaction.atomic(), connection.wrap_database_errors:
        raw: Any = connection.connection
        for index, one in enumerate(rows):
            earliest_deadline = moment(one.arrived_at - timedelta(seconds=one.grace_seconds))
            values = (one.attempt_id, one.place, one.given, one.seq, one.points, moment(one.arrived_at))
            if raw.execute(_SQLITE, (*values, one.attempt_id, earliest_deadline)).rowcount:
                written.add(index)
    return written


# The share lock makes a submission wait for answers under way, and answers see a submission that was first. Attempts
# are locked in the order of their number, rows written in the order of attempt and place: two intakes don't deadlock.
_ALONE = f"""
    INSERT INTO {_ANSWERS} ({_COLUMNS})
    SELECT id, %s::smallint, %s::jsonb, %s::int, %s::numeric, %s::timestamptz FROM {_ATTEMPTS}
    WHERE id = %s::bigint AND submitted_at IS NULL AND deadline_at >= %s::timestamptz
    FOR SHARE OF {_ATTEMPTS}{{locked}}{_CONFLICT}
    RETURNING attempt_id, place, seq"""  # noqa: S608  # table names only; every value is a parameter
_MANY = f"""
    WITH open AS MATERIALIZED (
        SELECT id, deadline_at FROM {_ATTEMPTS}
        WHERE id = ANY(%s::bigint[]) AND submitted_at IS NULL
        ORDER BY id FOR SHARE OF {_ATTEMPTS}{{locked}}
    )
    INSERT INTO {_ANSWERS} ({_COLUMNS})
    SELECT DISTINCT ON (v.attempt_id, v.place)
        v.attempt_id, v.place, v.given::jsonb, v.seq, v.points, v.arrived_at
    FROM unnest(%s::bigint[], %s::smallint[], %s::text[], %s::int[], %s::numeric[], %s::timestamptz[], %s::int[])
        AS v (attempt_id, place, given, seq, points, arrived_at, grace)
    JOIN open ON open.id = v.attempt_id
    WHERE v.arrived_at <= open.deadline_at + make_interval(secs => v.grace)
    ORDER BY v.attempt_id, v.place, v.seq DESC{_CONFLICT}
    RETURNING attempt_id, place, seq"""  # noqa: S608  # table names only; every value is a parameter


def _together(rows: Sequence[Row], *, wait: bool) -> set[int]:
    """One statement, prepared once for any number of rows, that commits by itself; a plainer one for a lone row."""
    statement, values = (_ALONE, _values_of(rows[0])) if len(rows) == 1 else (_MANY, _columns_of(rows))
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = psycopg.Cursor(connection.connection)
        cursor.execute(statement.format(locked="" if wait else " SKIP LOCKED"), values, prepare=True)
        found = set(cursor.fetchall())
    written: dict[tuple[int, int, int], list[int]] = {}
    for index, one in enumerate(rows):
        if (key := (one.attempt_id, one.place, one.seq)) in found:
            written.setdefault(key, []).append(index)
    # Two devices may use one number for different answers: which of them stands is then read from the database.
    clear = (same for same in written.values() if len({rows[index].given for index in same}) == 1)
    return {index for same in clear for index in same}


def _values_of(one: Row) -> list[Any]:
    """As texts: their types, and so the prepared statement, are always the same."""
    earliest_deadline = one.arrived_at - timedelta(seconds=one.grace_seconds)
    answer = [str(one.place), one.given, str(one.seq), one.points, one.arrived_at.isoformat()]
    return [*answer, str(one.attempt_id), earliest_deadline.isoformat()]


def _columns_of(rows: Sequence[Row]) -> list[Any]:
    return [
        _array({one.attempt_id for one in rows}),
        _array(one.attempt_id for one in rows),
        _array(one.place for one in rows),
        [one.given for one in rows],
        _array(one.seq for one in rows),
        _array(one.points for one in rows),
        _array(f'"{one.arrived_at.isoformat()}"' for one in rows),
        _array(one.grace_seconds for one in rows),
    ]


def _array(values: Any) -> str:
    """PostgreSQL's text of an array of numbers and moments: one parameter of one type, whatever is in it."""
    return "{" + ",".join(map(str, values)) + "}"
