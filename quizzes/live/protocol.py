"""What travels: between processes a `Delta`, to the pages the frames below (JSON, version 1).

A frame is always whole: whoever missed some reads the newest and is up to date. Texts in it are ready to show, so
that the page, the socket and the HTTP board can't differ. No id of a person leaves the server: `key` is an opaque mark.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypedDict

from quizzes.engine.board import Started
from quizzes.engine.ranking import Result, hundredths, microseconds

PROTOCOL = 1

Kind = Literal["started", "submitted"]


@dataclass(frozen=True, slots=True)
class Delta:
    """One thing that happened to one attempt. Complete in itself, so repeating or reordering deltas does no harm."""

    contest_id: int
    round_id: int
    member_id: int
    unit_path: str
    kind: Kind
    attempt_id: int
    number: int
    score: Decimal = Decimal(0)
    duration_ms: int = 0
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one process tells the others at once: its messages are numbered from 1, without gaps."""

    sender: str
    number: int
    deltas: Sequence[Delta]


class PersonRow(TypedDict):
    """One line of the board of persons."""

    rank: int
    key: str
    name: str
    unit: str
    score: str
    time: str


class UnitRow(TypedDict):
    """One line of the board of units. `percent` (0–100) draws the bar, `share` and `count` are shown."""

    rank: int
    key: str
    name: str
    percent: int
    share: str
    count: str


class BoardFrame(TypedDict):
    """The shared part, the same bytes for everybody who looks at one round of one contest (`t` = "board").

    `version` counts starts and submissions: a frame with a lower one is older. `round` is 0 for all rounds together.
    `people` is None as long as the rules keep scores back.
    """

    t: Literal["board"]
    protocol: int
    contest: int
    round: int
    version: int
    entrants: str
    working: str
    state: Literal["coming", "open", "provisional", "official"]
    people: list[PersonRow] | None
    units: list[UnitRow]


class OwnUnit(TypedDict):
    key: str
    name: str
    rank: int
    count: str


class OwnFrame(TypedDict):
    """One member's own line (`t` = "own"): `row` is None before her first submission and while scores are kept back."""

    t: Literal["own"]
    row: PersonRow | None
    unit: OwnUnit | None


BEAT_FRAME = '{"t":"beat"}'  # says only that the line still holds


def token_frame(token: str) -> str:
    """A new ticket for the seat (`t` = "token"), to come back with."""
    return json.dumps({"t": "token", "token": token}, separators=(",", ":"))


def event_of(delta: Delta) -> Started | Result:
    """What `delta` means to a board."""
    if delta.kind == "started" or delta.submitted_at is None:
        return Started(delta.attempt_id, delta.round_id)
    return Result(
        attempt=delta.attempt_id,
        round=delta.round_id,
        member=delta.member_id,
        number=delta.number,
        unit_path=delta.unit_path,
        score=hundredths(delta.score),
        duration_ms=delta.duration_ms,
        submitted_us=microseconds(delta.submitted_at),
    )


def encode_batch(batch: Batch) -> str:
    return json.dumps(
        {"sender": batch.sender, "number": batch.number, "deltas": [_plain(delta) for delta in batch.deltas]},
        separators=(",", ":"),
    )


def decode_batch(text: str | bytes) -> Batch:
    """The batch that `encode_batch` wrote. ValueError, KeyError, TypeError or AttributeError for anything else."""
    data: dict[str, Any] = json.loads(text)
    return Batch(str(data["sender"]), int(data["number"]), [_delta(one) for one in data["deltas"]])


def _plain(delta: Delta) -> dict[str, Any]:
    at = delta.submitted_at.isoformat() if delta.submitted_at else None
    return asdict(delta) | {"score": str(delta.score), "submitted_at": at}


def _delta(data: dict[str, Any]) -> Delta:
    at = data.pop("submitted_at")
    return Delta(
        **data | {"score": Decimal(data["score"])},
        submitted_at=datetime.fromisoformat(at) if at else None,
    )


def encode_frame(frame: BoardFrame | OwnFrame | PersonRow | OwnUnit) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
