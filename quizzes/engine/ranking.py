"""Who stands where: comparators in order, ties share a rank (1, 2, 2, 4), arrival order never matters.

Times are whole numbers (milliseconds, microseconds since 1970), scores hundredths of a point, so that everything
compares exactly and a line's whole order fits one integer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Bits of each comparator's field in a rank key. Beyond these a value is clamped, never wrapped around.
_WIDTH = {"score": 40, "duration": 40, "submitted_at": 56}
_TOP = {name: (1 << width) - 1 for name, width in _WIDTH.items()}
_HALF = 1 << (_WIDTH["score"] - 1)


@dataclass(frozen=True, slots=True)
class Result:
    """One submitted attempt."""

    attempt: int
    round: int
    member: int
    number: int
    unit_path: str
    score: int
    duration_ms: int
    submitted_us: int


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """What a unit's people did, each person once."""

    people: int
    score: int


@dataclass(frozen=True, slots=True)
class RankedUnit:
    rank: int
    unit: int
    people: int
    size: int

    @property
    def share(self) -> Fraction:
        return share(self.people, self.size)


def hundredths(score: Decimal) -> int:
    return int(score * 100)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970, exact where a float isn't."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def rank_key(comparators: Sequence[str], *, score: int, duration_ms: int, submitted_us: int) -> int:
    """One number that orders as the comparators do, in their order: smaller stands higher, equal means a tie."""
    key = 0
    for name in comparators:
        value = _HALF - score if name == "score" else duration_ms if name == "duration" else submitted_us
        top = _TOP[name]
        key = (key << _WIDTH[name]) | (0 if value < 0 else top if value > top else value)
    return key


def counted(results: Collection[Result], *, how: str, comparators: Sequence[str]) -> Result:
    """The attempt that counts: the first, the last, or the best by the contest's own comparators."""
    if len(results) == 1:
        return next(iter(results))
    if how == "first":
        return min(results, key=lambda one: one.number)
    if how == "last":
        return max(results, key=lambda one: one.number)
    return min(results, key=lambda one: (key_of(one, comparators), one.number))


def key_of(result: Result, comparators: Sequence[str]) -> int:
    return rank_key(comparators, score=result.score, duration_ms=result.duration_ms, submitted_us=result.submitted_us)


def ranks(keys: Sequence[object]) -> list[int]:
    """Ranks of `keys`, which are in order already: equal neighbours share one."""
    found: list[int] = []
    for place, key in enumerate(keys):
        found.append(found[-1] if place and key == keys[place - 1] else place + 1)
    return found


def share(people: int, size: int) -> Fraction:
    """Part of the roster that took part; people who have left since can't lift it above the whole."""
    return min(Fraction(people, size), Fraction(1)) if size else Fraction(0)


def rank_units(
    totals: Mapping[int, UnitTotal], sizes: Mapping[int, int], *, by: str, min_people: int
) -> list[RankedUnit]:
    """Units of `sizes` in order. By share only those with at least `min_people` on the roster, by number all.

    A unit nobody of which took part isn't ranked. Inside a tie the larger number of people is shown first.
    """
    lines = [(unit, total.people, sizes[unit]) for unit, total in totals.items() if unit in sizes and total.people]
    if by == "share":
        lines = [line for line in lines if line[2] >= max(min_people, 1)]
    marks = {unit: share(people, size) if by == "share" else Fraction(people) for unit, people, size in lines}
    lines.sort(key=lambda line: (-marks[line[0]], -line[1], line[0]))
    return [
        RankedUnit(rank, *line) for rank, line in zip(ranks([marks[line[0]] for line in lines]), lines, strict=True)
    ]
