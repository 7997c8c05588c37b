"""./dev bench page FILE: the rows of `./dev bench all --json > FILE` into docs/performance.md, beside their budgets."""

import json
import os
import platform
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
COLUMNS = {
    "scenario": "scenario", "store": "store", "n": "n", "sent": "sent", "lost": "lost", "doubled": "doubled",
    "ack_p50_ms": "ack p50 ms", "ack_p95_ms": "p95", "ack_p99_ms": "p99", "board_age_p99_ms": "board age p99 ms",
    "cpu_us_per_op": "CPU µs/op", "joins_per_s": "joins/s", "rss_kb_per_socket": "kB/socket", "ratio_to_limit": "ratio",
}  # fmt: skip
TIMES_ASGI = {"pages/trivial/wsgi": 3, "pages/lesson/wsgi": 2, "pages/contest/wsgi": 2}

Figures = dict[str, Any]


def write(rows: list[Figures]) -> None:
    """Replace what stands between the marks."""
    text = PAGE.read_text(encoding="utf-8")
    made = "\n".join([BEGIN, *_lines(rows), END])
    PAGE.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: made, text, flags=re.S), encoding="utf-8")


def _lines(rows: list[Figures]) -> Iterator[str]:
    yield f"*{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}.*"
    yield ""
    yield f"| {' | '.join(COLUMNS.values())} | budget |"
    yield f"| --- | --- |{' ---: |' * (len(COLUMNS) - 2)} --- |"
    for row in rows:
        cells = [_cell(row[name]) for name in COLUMNS]
        yield f"| {' | '.join(cells)} | {'; '.join(verdicts(row, rows))} |"


def machine() -> str:
    """What it was measured on, without its name."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next((line.partition(":")[2].strip() for line in cpu.splitlines() if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"Linux {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} × {model}, {memory:.0f} GB, {system}, load average {os.getloadavg()[2]:.1f}"


def verdicts(row: Figures, rows: list[Figures]) -> Iterator[str]:
    """Each budget that this row has, kept or missed."""
    scenario = row["scenario"]
    if scenario in ("attempt", "room", "mixed", "rush", "login"):
        yield _at_most(row["lost"] + row["doubled"], 0, "lost and doubled")
    if scenario == "attempt":
        yield _at_most(row["cpu_us_per_op"], 40_000, "µs CPU")
    if scenario == "room":
        yield _at_most(row["ack_p95_ms"], 100, "ms p95")
        yield _at_most(row["cpu_us_per_op"], 300, "µs CPU")
    if scenario == "watch":
        yield _at_least(row["ratio_to_limit"], 0.8, "of the C loop")
        yield _at_least(row["joins_per_s"], 1000, "joins/s")
    if scenario == "mixed":
        yield _at_most(row["ack_p99_ms"], 40, "ms p99")
        yield _at_most(row["board_age_p99_ms"], 500, "ms board age")
        yield _at_most(row["rss_kb_per_socket"], 32, "kB a socket")
    if scenario in TIMES_ASGI:
        other = next(one for one in rows if one["scenario"] == scenario.replace("wsgi", "asgi"))
        yield _at_least(row["accepted"] / max(1, other["accepted"]), TIMES_ASGI[scenario], "× ASGI")


def _at_most(value: float | None, budget: float, unit: str) -> str:
    if value is None:
        return f"not measured (≤ {budget:g} {unit})"
    return f"≤ {budget:g} {unit} ✓" if value <= budget else f"**{value:.4g} > {budget:g} {unit}**"


def _at_least(value: float | None, budget: float, unit: str) -> str:
    if value is None:
        return f"not measured (≥ {budget:g} {unit})"
    return f"≥ {budget:g} {unit} ✓ ({value:.3g})" if value >= budget else f"**{value:.3g} < {budget:g} {unit}**"


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:.3g}" if isinstance(value, float) and abs(value) < 100 else f"{value:,.0f}"


def main(path: str) -> int:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    write([json.loads(line) for line in lines if line.startswith("{")])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
