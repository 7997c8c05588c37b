"""Points for an answer: all or nothing, for every kind of question."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

SINGLE, MULTIPLE, TRUE_FALSE = "single", "multiple", "true_false"


@dataclass(frozen=True)
class Key:
    """What is right at one place of a paper. It never leaves the server before its time."""

    kind: str
    options: frozenset[str]  # ids that may be chosen
    right: frozenset[str]


def is_possible(key: Key, given: Collection[str]) -> bool:
    """Whether `given` can be an answer at all: options of this question, none twice, one at most but for `MULTIPLE`.

    Nothing chosen is possible: that takes an answer back.
    """
    chosen = set(given)
    if len(chosen) != len(given) or not chosen <= key.options:
        return False
    return key.kind == MULTIPLE or len(chosen) <= 1


def points(key: Key, given: Collection[str], *, right: Decimal, wrong: Decimal) -> Decimal:
    """`right` for exactly the right options, `wrong` for anything else, nothing for no answer."""
    if not given:
        return Decimal(0)
    return right if frozenset(given) == key.right else wrong


@dataclass(frozen=True)
class Result:
    score: Decimal
    answered: int


def total(answers: Iterable[tuple[Collection[str], Decimal]]) -> Result:
    """Score and number of answers given, from (given, points) of each place."""
    counted = [value for given, value in answers if given]
    return Result(sum(counted, Decimal(0)), len(counted))
