"""What the intake must know of a paper to take an answer: read once an attempt, then kept in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from quizzes.engine.rules import parse
from quizzes.engine.scoring import Key
from quizzes.models import Attempt, QuestionVersion

_REMEMBERED = 20_000


@dataclass(frozen=True)
class Sheet:
    """Keys and points of one attempt. Nothing of it changes after the draw, so every process may remember it."""

    keys: tuple[Key, ...]  # by place
    right: Decimal
    wrong: Decimal
    grace_seconds: int


@lru_cache(maxsize=_REMEMBERED)
def sheet_of(attempt_id: int) -> Sheet:
    """The sheet of an attempt; Attempt.DoesNotExist for an unknown one. At most two queries, none the next time."""
    attempt = Attempt.objects.select_related("round__contest").get(pk=attempt_id)
    rules = parse(attempt.round.contest.rules)
    keys = _keys(place["version"] for place in attempt.paper)
    return Sheet(
        keys=tuple(keys[place["version"]] for place in attempt.paper),
        right=rules.points_right,
        wrong=rules.points_wrong,
        grace_seconds=rules.grace_seconds,
    )


def _keys(versions: Iterable[int]) -> dict[int, Key]:
    """A published version is never edited, so its key may be remembered as well."""
    wanted = set(versions)
    missing = [pk for pk in wanted if pk not in _known_keys]
    if missing:
        for version in QuestionVersion.objects.filter(pk__in=missing).only("kind", "options", "key"):
            offered = frozenset(option["id"] for option in version.options)
            _known_keys[version.pk] = Key(version.kind, offered, frozenset(version.key))
    return {pk: _known_keys[pk] for pk in wanted}


_known_keys: dict[int, Key] = {}


def forget_sheets() -> None:
    """Drop what is remembered: tests use the same ids for other papers."""
    sheet_of.cache_clear()
    _known_keys.clear()
