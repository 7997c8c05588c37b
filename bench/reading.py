"""What the load client reports, and how old a board is when it arrives."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Times:
    """Milliseconds."""

    count: int = 0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    most: float = 0.0


@dataclass(frozen=True)
class Frame:
    """One content of a frame: when it first arrived anywhere, and how much later (ms) at how many sockets."""

    first: int
    count: int
    text: str
    later: dict[int, int]
    size: int


@dataclass
class Report:
    times: dict[str, Times] = field(default_factory=dict)
    statuses: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)

    def good(self, label: str) -> int:
        """Replies below 400."""
        return sum(count for status, count in self.statuses.get(label, {}).items() if 0 < status < 400)

    def boards(self) -> list[tuple[int, Frame]]:
        """Shared frames with their versions, in the order of arrival."""
        found = []
        for one in self.frames:
            message = _message(one.text)
            if message.get("t") == "board":
                found.append((int(message["version"]), one))
        return sorted(found, key=lambda pair: pair[1].first)


def _message(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def read_report(text: str) -> Report:
    report = Report()
    for line in text.splitlines():
        kind, *words = line.split(" ")
        if kind == "times":
            name, count, *values = words
            report.times[name] = Times(int(count), *(int(value) / 1000 for value in values))
        elif kind == "status":
            report.statuses.setdefault(words[0], {})[int(words[1])] = int(words[2])
        elif kind == "count":
            report.counts[words[0]] = int(words[1])
        elif kind == "frame":
            report.frames.append(_frame(words))
    return report


def _frame(words: list[str]) -> Frame:
    first, count, compressed, payload, *later = words
    raw = bytes.fromhex(payload)
    content = raw
    if compressed == "1":
        try:
            content = zlib.decompressobj(-15).decompress(raw + b"\x00\x00\xff\xff")
        except zlib.error:  # made for one socket alone, with what that socket had heard before
            content = b""
    pairs = (pair.split(":") for pair in later)
    spread = {int(ms): int(number) for ms, number in pairs}
    return Frame(int(first), int(count), content.decode("utf-8", "replace"), spread, len(raw))


def board_ages(boards: Iterable[tuple[int, Frame]], stamps: list[int], version: int) -> list[tuple[float, int]]:
    """(age in ms, sockets): from the server's stamp of the oldest change that a frame is the first to show, to its
    arrival. `stamps` are the changes' moments in µs, `version` the board's after the last of them."""
    base, shown, ages = version - len(stamps), None, []
    for known, frame in boards:
        if shown is not None and known > shown:
            oldest = stamps[max(0, shown - base)] if shown - base < len(stamps) else frame.first
            ages += [((frame.first - oldest) / 1000 + ms, number) for ms, number in frame.later.items()]
        shown = max(known, shown or 0)
    return ages


def percentile(weighted: list[tuple[float, int]], share: float) -> float:
    """The value below which `share` of the weights lie."""
    wanted = sum(number for _, number in weighted) * share
    for value, number in sorted(weighted):
        wanted -= number
        if wanted <= 0:
            return value
    return 0.0
