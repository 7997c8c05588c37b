"""The time of an attempt. The server's clock decides; every moment is an argument."""

from datetime import datetime, timedelta

_MILLISECOND = timedelta(milliseconds=1)


def deadline(started: datetime, minutes: int, round_closes: datetime) -> datetime:
    """When the time of an attempt ends: after its minutes, or with the round if that closes sooner."""
    return min(started + timedelta(minutes=minutes), round_closes)


def counts(arrived: datetime, deadline: datetime, grace_seconds: int) -> bool:
    """Whether what arrived at this moment still counts."""
    return arrived <= deadline + timedelta(seconds=grace_seconds)


def is_over(now: datetime, deadline: datetime, grace_seconds: int) -> bool:
    """Whether the server may close the attempt: nothing that arrives from now on would count."""
    return not counts(now, deadline, grace_seconds)


def duration_ms(started: datetime, submitted: datetime, deadline: datetime, *, pause_ms: int = 0) -> int:
    """How long an attempt took; handing in within the grace counts as the full time, outages given back don't count."""
    return max(0, milliseconds(min(submitted, deadline) - started) - pause_ms)


def full_ms(started: datetime, deadline: datetime, *, pause_ms: int = 0) -> int:
    """What an attempt took that the server had to close."""
    return duration_ms(started, deadline, deadline, pause_ms=pause_ms)


def milliseconds(span: timedelta) -> int:
    return max(0, span // _MILLISECOND)
