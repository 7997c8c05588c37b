"""Who stands where: comparators in order, ties share a rank (1, 2, 2, 4), arrival order never matters.

Times are whole numbers (milliseconds, microseconds since 1970), scores hundredths of a point, so that everything
compares exactly and a line's whole order fits one integer.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Bits of each comparator's field in a rank key. Beyond these a value is clamped, never wrapped around.
_WIDTH = {"score": 40, "duration": 40, "submitted_at": 56}
_MOST_SCORE, _MOST_DURATION, _MOST_MOMENT = ((1 << width) - 1 for width in _WIDTH.values())
_HALF = 1 << (_WIDTH["score"] - 1)


class Result(NamedTuple):
    """One submitted attempt."""

    attempt: int
    round: int
    member: int
    number: int
    unit_path: str
    score: int
    duration_ms: int
    submitted_us: int


class UnitTotal(NamedTuple):
    """What a unit's people did, each person once."""

    people: int
    score: int


class RankedUnit(NamedTuple):
    rank: int
    unit: int
    people: int
    size: int
    score: int  # of all its people together

    @property
    def share(self) -> Fraction:
        return share(self.people, self.size)

    @property
    def average(self) -> int:
        """Hundredths of a point for each person who took part, cut off."""
        return self.score // self.people


def hundredths(score: Decimal) -> int:
    return int(score * 100)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970, exact where a float isn't."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment_of(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)


def rank_key(comparators: Sequence[str], *, score: int, duration_ms: int, submitted_us: int) -> int:
    """One number that orders as the comparators do, in their order: smaller stands higher, equal means a tie."""
    return keyer(tuple(comparators))(score, duration_ms, submitted_us)


@cache
def keyer(comparators: tuple[str, ...]) -> Callable[[int, int, int], int]:
    """`rank_key` for one order of comparators, prepared for many: (score, duration_ms, submitted_us) -> key."""
    shifts, above = dict.fromkeys(_WIDTH, -1), 0
    for name in reversed(comparators):
        shifts[name], above = above, above + _WIDTH[name]
    by_score, by_duration, by_moment = shifts.values()

    def key(score: int, duration_ms: int, submitted_us: int) -> int:
        found = 0
        if by_score >= 0:
            found |= min(max(_HALF - score, 0), _MOST_SCORE) << by_score
        if by_duration >= 0:
            found |= min(max(duration_ms, 0), _MOST_DURATION) << by_duration
        if by_moment >= 0:
            found |= min(max(submitted_us, 0), _MOST_MOMENT) << by_moment
        return found

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
    """Units of `sizes` in order: by share of the roster, by average points of who took part, or by number of people.

    By share and by average only those with at least `min_people` on the roster. A unit nobody of which took part isn't
    ranked. Inside a tie the larger number of people is shown first.
    """
    least = 0 if by == "participants" else max(min_people, 1)
    lines = []
    for unit, (people, score) in totals.items():
        size = sizes.get(unit, -1)
        if people and size >= least:
            lines.append((-_unit_mark(by, people, size, score), -people, unit, size, score))
    lines.sort()
    found: list[RankedUnit] = []
    rank, before = 0, None
    for place, (mark, people, unit, size, score) in enumerate(lines, 1):
        if mark != before:
            rank, before = place, mark
        found.append(RankedUnit(rank, unit, -people, size, score))
    return found


def _unit_mark(by: str, people: int, size: int, score: int) -> int:
    """A whole number that orders as the exact fraction does: two fractions with denominators below 2**32 differ by
    more than 2**-64."""
    if by == "share":
        return (min(people, size) << 64) // size
    return (score << 64) // people if by == "average" else people
