"""Counts, percent and verdict. Pure."""

import operator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from math import ceil

OPERATORS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "=": operator.eq}
_NEAR = Decimal("0.9")  # of a target to be reached from below: nearly there


class Verdict(StrEnum):
    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    NO_TARGET = "no_target"
    EMPTY = "empty"  # nobody to train: nothing to judge


POPULATIONS = {
    "full_time": ("full_time",),
    "part_time": ("part_time",),
    "member": ("member",),
    "all": ("full_time", "part_time", "member", "worker"),
}
# How the file names the populations that are counted here.
FROM_FILE = {"full_time_cadres": "full_time", "members": "member", "members_and_workers": "all"}
# Indicators of persons that the ledger answers: code -> the tag that courses must carry.
RECIPES = {"P1-01": "CDS"}


@dataclass(frozen=True)
class Target:
    """A stage's target in percent of a population."""

    operator: str
    percent: Decimal


@dataclass(frozen=True)
class Count:
    """How many should, and how many of those did."""

    roster: int = 0
    trained: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.roster + other.roster, self.trained + other.trained)

    @property
    def missing(self) -> int:
        return self.roster - self.trained

    @property
    def exact(self) -> Decimal:
        """Percent, unrounded; 0 for nobody."""
        return Decimal(100 * self.trained) / self.roster if self.roster else Decimal(0)

    @property
    def percent(self) -> Decimal:
        """Percent with one decimal, rounded down: "100" and "at the target" are never shown before their time."""
        return self.exact.quantize(Decimal("0.1"), rounding=ROUND_FLOOR)


def verdict(count: Count, target: Target | None) -> Verdict:
    """Whether the figure meets the target, by the target's operator and by exact numbers."""
    if not count.roster:
        return Verdict.EMPTY
    if target is None:
        return Verdict.NO_TARGET
    if OPERATORS[target.operator](count.exact, target.percent):
        return Verdict.MET
    if target.operator in (">=", ">", "=") and _NEAR * target.percent <= count.exact <= target.percent:
        return Verdict.NEAR
    return Verdict.MISSED


def missing_for(count: Count, target: Target | None) -> int:
    """People still to be trained until the target is met (all of them when there is no target)."""
    if target is None or target.operator not in (">=", ">", "="):
        return count.missing
    needed = ceil(Decimal(count.roster) * target.percent / 100)
    return max(0, needed - count.trained)


def points_gained(missing: int, whole: Count) -> Decimal:
    """By how many percent points the whole would rise if `missing` more people were trained."""
    if not whole.roster:
        return Decimal(0)
    return (Decimal(100 * missing) / whole.roster).quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
