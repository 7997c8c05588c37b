"""One line of the result: the keys are fixed, so that other programs can read them (`--json`)."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from bench.reading import Report, Times

NO_TIMES = Times()


@dataclass
class Row:
    """What a figure doesn't apply to is None. Units are in the names; `note` stands in the table only."""

    scenario: str
    store: str
    n: int
    sent: int | None = None
    accepted: int | None = None
    lost: int | None = None
    doubled: int | None = None
    ack_p50_ms: float | None = None
    ack_p95_ms: float | None = None
    ack_p99_ms: float | None = None
    board_age_p99_ms: float | None = None
    cpu_us_per_op: float | None = None
    joins_per_s: float | None = None
    rss_kb_per_socket: float | None = None
    ratio_to_limit: float | None = None
    note: str = ""

    def acknowledged(self, report: Report, label: str) -> "Row":
        """Take the times of `label` as the acknowledgements'."""
        times = report.times.get(label, NO_TIMES)
        if times.count:
            self.ack_p50_ms, self.ack_p95_ms, self.ack_p99_ms = times.p50, times.p95, times.p99
        return self

    def counted(self, counts: dict[str, int]) -> "Row":
        """Take what the database says."""
        self.sent, self.accepted = counts["sent"], counts["accepted"]
        self.lost, self.doubled = counts["lost"], counts["doubled"]
        return self

    def as_json(self) -> str:
        values: dict[str, Any] = asdict(self)
        del values["note"]
        return json.dumps({name: _short(value) for name, value in values.items()})


def _short(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else value


HEADS = {
    "scenario": "scenario", "store": "store", "n": "n", "sent": "sent", "accepted": "acc.", "lost": "lost",
    "doubled": "dbl", "ack_p50_ms": "ack p50", "ack_p95_ms": "p95", "ack_p99_ms": "p99 ms",
    "board_age_p99_ms": "board p99", "cpu_us_per_op": "CPU µs/op", "joins_per_s": "joins/s",
    "rss_kb_per_socket": "kB/socket", "ratio_to_limit": "ratio", "note": "",
}  # fmt: skip
WIDTHS = (22, 8, 6, 7, 7, 5, 4, 8, 8, 8, 9, 10, 8, 9, 7, 0)


def table_head() -> str:
    return _line(list(HEADS.values()))


def table_line(row: Row) -> str:
    return _line([_cell(getattr(row, name)) for name in HEADS])


def _cell(value: Any) -> str:
    if value is None:
        return "·"
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return str(value)


def _line(cells: list[str]) -> str:
    left = [
        cell.ljust(width) if place < 2 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    ]
    return "  ".join(left[:-1]) + "   " + cells[-1]
