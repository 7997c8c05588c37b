"""When a lesson and a course are done, and how much is left. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One open lesson of a course, as far as its rule asks."""

    minutes: int
    done: bool


def lesson_is_done(*, needs_check: bool, read: bool, check_passed: bool) -> bool:
    """Read to the end and, where the lesson has a self-check, the check passed."""
    return read and (check_passed or not needs_check)


def course_is_done(parts: Iterable[Part]) -> bool:
    """Every open lesson done; a course without lessons is never done."""
    listed = list(parts)
    return bool(listed) and all(part.done for part in listed)


def percent_done(done: int, total: int) -> int:
    """Whole percent, rounded down: 100 stands only where nothing is left."""
    return 100 * done // total if total else 0


def minutes_left(parts: Iterable[Part]) -> int:
    return sum(part.minutes for part in parts if not part.done)
