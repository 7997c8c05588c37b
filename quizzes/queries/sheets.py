"""What the intake must know of a paper to take an answer: read once an attempt, many at once, then kept in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock
from typing import Any, Generic, TypeVar

from quizzes.engine.rules import parse
from quizzes.engine.scoring import Key
from quizzes.models import Attempt, QuestionVersion, Round

T = TypeVar("T")


@dataclass(frozen=True)
class Worth:
    """What answers bring in a round, and how long the network may take. Rules don't change once published."""

    right: Decimal
    wrong: Decimal
    grace_seconds: int


@dataclass(frozen=True)
class Sheet:
    """One attempt's keys by place, and their worth. Nothing of it changes after the draw: it may be remembered."""

    keys: tuple[Key, ...]
    worth: Worth


class _Memory(Generic[T]):
    """The newest `most` values by their number; the oldest go first."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, Lock()
        self.known: dict[int, T] = {}

    def of(self, wanted: Iterable[int]) -> dict[int, T]:
        return {number: value for number in wanted if (value := self.known.get(number)) is not None}

    def learn(self, found: dict[int, T]) -> None:
        with self.lock:
            self.known |= found
            for oldest in list(self.known)[: max(0, len(self.known) - self.most)]:
                del self.known[oldest]


# A sheet is some 300 bytes: its keys are shared with the other papers that hold the same question.
_sheets = _Memory[Sheet](20_000)
_keys = _Memory[Key](20_000)
_worths = _Memory[Worth](1_000)


def sheet_of(attempt_id: int) -> Sheet:
    """The sheet of one attempt; Attempt.DoesNotExist for an unknown one."""
    sheets = sheets_of([attempt_id])
    if not sheets:
        raise Attempt.DoesNotExist(attempt_id)
    return sheets[attempt_id]


def sheets_of(attempt_ids: Iterable[int]) -> dict[int, Sheet]:
    """Sheets by attempt, without the unknown ones. At most three queries, however many are asked for; none if all are
    remembered, and one in a rush, when rounds and questions are known already."""
    wanted = set(attempt_ids)
    found = _sheets.of(wanted)
    if len(found) < len(wanted):
        new = _read(wanted - found.keys())
        _sheets.learn(new)
        found |= new
    return found


def _read(attempt_ids: Iterable[int]) -> dict[int, Sheet]:
    rows = list(Attempt.objects.filter(pk__in=attempt_ids).values_list("pk", "round_id", "paper"))
    keys = _keys_of({place["version"] for _, _, paper in rows for place in paper})
    worths = _worths_of({round_id for _, round_id, _ in rows})
    return {
        pk: Sheet(tuple(keys[place["version"]] for place in paper), worths[round_id]) for pk, round_id, paper in rows
    }


def _keys_of(versions: set[int]) -> dict[int, Key]:
    """A published version is never edited, so its key may be remembered as well."""
    found = _keys.of(versions)
    missing = versions - found.keys()
    if missing:
        rows = QuestionVersion.objects.filter(pk__in=missing).values_list("pk", "kind", "options", "key")
        new = {pk: _key(kind, options, right) for pk, kind, options, right in rows}
        _keys.learn(new)
        found |= new
    return found


def _key(kind: str, options: list[dict[str, Any]], right: list[str]) -> Key:
    return Key(kind, frozenset(option["id"] for option in options), frozenset(right))


def _worths_of(rounds: set[int]) -> dict[int, Worth]:
    found = _worths.of(rounds)
    missing = rounds - found.keys()
    if missing:
        new = {}
        for pk, document in Round.objects.filter(pk__in=missing).values_list("pk", "contest__rules"):
            rules = parse(document)
            new[pk] = Worth(rules.points_right, rules.points_wrong, rules.grace_seconds)
        _worths.learn(new)
        found |= new
    return found


def forget_sheets() -> None:
    """Drop what is remembered: tests use the same ids for other papers."""
    for memory in (_sheets, _keys, _worths):
        memory.known.clear()
