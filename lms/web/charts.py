"""Bar charts as plain values for components/bars.html: drawn on the server, with the figures in a table behind."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    name: str
    value: str  # as it is read: "91,2%"
    percent: float  # of the longest bar that could be
    tone: str = ""  # ok, warn, bad, info or nothing
    note: str = ""  # "161 / 167 người"
    href: str = ""


@dataclass(frozen=True)
class Chart:
    title: str
    bars: Sequence[Bar]
    target: float | None = None
    target_text: str = ""
