"""What is well, what is not and from where on: the limits of the doctor."""

from dataclasses import dataclass
from datetime import timedelta

OK, WARNING, BAD = "ok", "warning", "bad"


@dataclass(frozen=True)
class Finding:
    name: str
    level: str
    sentence: str  # what is, and what to do


def of_space(free: int, total: int) -> str:
    """`free` bytes of `total`."""
    if free < 500 << 20 or free < total * 0.03:
        return BAD
    return WARNING if free < 2 << 30 or free < total * 0.1 else OK


def of_backup(age: timedelta | None) -> str:
    """The newest backup's age; None if there is none."""
    if age is None or age > timedelta(hours=50):
        return BAD
    return WARNING if age > timedelta(hours=28) else OK


def of_certificate(left: timedelta) -> str:
    """Caddy renews a month ahead: less than three weeks means that it can't."""
    return BAD if left < timedelta(days=3) else WARNING if left < timedelta(days=20) else OK


def of_memory(available: int, total: int) -> str:
    if available < 120 << 20:
        return BAD
    return WARNING if available < 300 << 20 or total < 1800 << 20 else OK


def of_clock(error: timedelta | None) -> str:
    """How far the clock may be off, None if nobody sets it. Contests are decided by it: a second is much."""
    return WARNING if error is None or error > timedelta(seconds=1) else OK


def of_queue(waiting: int, oldest: timedelta, failed: int) -> str:
    if waiting and oldest > timedelta(minutes=10):
        return BAD
    return WARNING if failed or (waiting and oldest > timedelta(minutes=2)) else OK


def of_files(limit: int) -> str:
    """Each open page is a file to the system."""
    return BAD if limit < 1024 else WARNING if limit < 16_000 else OK


def worst(levels: list[str]) -> str:
    return max(levels, key=[OK, WARNING, BAD].index, default=OK)
