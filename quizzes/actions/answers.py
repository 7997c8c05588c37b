"""Saving answers, of many attempts at once: whatever is repeated or arrives out of order changes nothing."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from quizzes.actions.upsert import Row, upsert
from quizzes.engine.clock import counts
from quizzes.engine.scoring import is_possible, points
from quizzes.models import Answer, Attempt, LateAnswer
from quizzes.queries.sheets import Sheet, sheets_of

MAX_SEQ = 2**31 - 1
MOST_LATE = 1000  # of one attempt: more is a script, not a phone, and would fill the trail


@dataclass(frozen=True)
class Given:
    """What one tap said: these options at this place. A later tap has a higher `seq`."""

    place: int
    options: tuple[str, ...]
    seq: int


@dataclass(frozen=True)
class Arrival:
    """Answers of one attempt that arrived together, in one message."""

    attempt_id: int
    given: tuple[Given, ...]
    at: datetime


class ImpossibleAnswer(ValueError):
    """A place that the paper doesn't have, or options that the question doesn't offer: a tampered message."""


@dataclass
class Saved:
    """What became of each place: `kept` stands in the database, `late` was refused.

    `newer` tells what stands instead where another device has answered later. `undecided` is what must be tried again:
    somebody is changing the attempt right now.
    """

    kept: list[Given] = field(default_factory=list)
    late: list[Given] = field(default_factory=list)
    newer: list[Given] = field(default_factory=list)
    undecided: list[Given] = field(default_factory=list)
    submitted: bool = False  # the attempt had ended before these answers arrived


Outcome = Saved | Attempt.DoesNotExist | ImpossibleAnswer


def save_answers(attempt_id: int, given: Iterable[Given], *, arrived_at: datetime) -> Saved:
    """Keep the newest answer of each place if it arrived in time; what came too late is kept aside, for the trail.

    Attempt.DoesNotExist for an unknown attempt; ImpossibleAnswer, with nothing saved, for a tampered message.
    """
    arrival = Arrival(attempt_id, tuple(given), arrived_at)
    while True:
        (outcome,) = save_arrivals([arrival], wait=True)
        if not isinstance(outcome, Saved):
            raise outcome
        if not outcome.undecided:
            return outcome


def save_arrivals(arrivals: Sequence[Arrival], *, wait: bool) -> list[Outcome]:
    """The same for many messages in one transaction; their outcomes in the same order.

    Without `wait` answers of an attempt that is being changed right now come back as undecided.
    """
    sheets = sheets_of(arrival.attempt_id for arrival in arrivals)
    outcomes: list[Outcome] = []
    pieces: list[_Piece] = []
    for arrival in arrivals:
        outcome, more = _judge(arrival, sheets.get(arrival.attempt_id))
        outcomes.append(outcome)
        pieces += more
    if pieces:
        pieces.sort(key=lambda piece: (piece.row.attempt_id, piece.row.place))
        written = upsert([piece.row for piece in pieces], wait=wait)
        for index in written:
            pieces[index].saved.kept.append(pieces[index].given)
        if len(written) < len(pieces):
            _sort_out([piece for index, piece in enumerate(pieces) if index not in written])
    return outcomes


@dataclass
class _Piece:
    """One answer of one message, on its way to the place where its message's sender reads what became of it."""

    row: Row
    given: Given
    saved: Saved


def _judge(arrival: Arrival, sheet: Sheet | None) -> tuple[Outcome, list[_Piece]]:
    """What can be said without the database: an error, or the answers to be written."""
    if sheet is None:
        return Attempt.DoesNotExist(arrival.attempt_id), []
    newest = _newest(arrival.given)
    for one in newest:
        if not (0 <= one.place < len(sheet.keys) and 0 < one.seq <= MAX_SEQ):
            return ImpossibleAnswer(f"place {one.place}, seq {one.seq}"), []
        if not is_possible(sheet.keys[one.place], one.options):
            return ImpossibleAnswer(f"place {one.place}: {one.options}"), []
    saved = Saved()
    return saved, [_Piece(_row(arrival, one, sheet), one, saved) for one in newest]


def _row(arrival: Arrival, one: Given, sheet: Sheet) -> Row:
    worth = sheet.worth
    value = points(sheet.keys[one.place], one.options, right=worth.right, wrong=worth.wrong)
    given = json.dumps(one.options)
    return Row(arrival.attempt_id, one.place, given, one.seq, str(value), arrival.at, worth.grace_seconds)


def _newest(given: Iterable[Given]) -> list[Given]:
    """One a place, the highest `seq`."""
    by_place: dict[int, Given] = {}
    for one in given:
        known = by_place.get(one.place)
        if known is None or one.seq > known.seq:
            by_place[one.place] = one
    return list(by_place.values())


def _sort_out(pieces: Sequence[_Piece]) -> None:
    """Why these weren't written: they stand there already, something newer does, they came too late, or the attempt
    was locked."""
    ids = {piece.row.attempt_id for piece in pieces}
    rows = Answer.objects.filter(attempt_id__in=ids, place__in={piece.row.place for piece in pieces})
    standing = {(row.attempt_id, row.place): Given(row.place, tuple(row.given), row.seq) for row in rows}
    attempts = {
        pk: ends for pk, *ends in Attempt.objects.filter(pk__in=ids).values_list("pk", "submitted_at", "deadline_at")
    }
    late = []
    for piece in pieces:
        known, one = standing.get((piece.row.attempt_id, piece.row.place)), piece.given
        submitted_at, deadline_at = attempts.get(piece.row.attempt_id, (None, None))
        piece.saved.submitted = submitted_at is not None
        if known == one:
            piece.saved.kept.append(one)
        elif known is not None and known.seq >= one.seq:
            piece.saved.newer.append(known)
        elif (
            deadline_at and submitted_at is None and counts(piece.row.arrived_at, deadline_at, piece.row.grace_seconds)
        ):
            piece.saved.undecided.append(one)
        else:
            piece.saved.late.append(one)
            late.append(piece)
    if late:
        _keep_aside(late)


def _keep_aside(pieces: Sequence[_Piece]) -> None:
    ids = {piece.row.attempt_id for piece in pieces}
    known = LateAnswer.objects.filter(attempt_id__in=ids).values_list("attempt_id").annotate(Count("pk"))
    full = {pk for pk, count in known if count >= MOST_LATE}
    rows = [
        LateAnswer(
            attempt_id=piece.row.attempt_id,
            place=piece.given.place,
            given=list(piece.given.options),
            seq=piece.given.seq,
            arrived_at=piece.row.arrived_at,
        )
        for piece in pieces
        if piece.row.attempt_id not in full
    ]
    LateAnswer.objects.bulk_create(rows, ignore_conflicts=True)
