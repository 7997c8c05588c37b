"""What a rehearsal says about a machine, from the moments and durations that it saw."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    per_minute: int  # starts
    bears: bool  # all came in, quickly enough
    slow: float  # seconds that 95 of 100 starts took at most


def of(starts: Sequence[float], took: Sequence[float], *, people: int, failures: int) -> Verdict:
    """`starts`: moments; `took`: seconds from the button to the first question."""
    if not starts:
        return Verdict(0, bears=False, slow=0.0)
    span = max(starts) - min(starts)
    pace = round((len(starts) - 1) / span * 60) if span > 0 else len(starts)
    slow = percentile(took, 95)
    return Verdict(pace, bears=not failures and len(starts) == people and slow < 10, slow=slow)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many of 100 don't exceed; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0
