"""The table of docs/performance.md: replaced by a rerun, with every budget said."""

from pathlib import Path

import pytest

from bench.__main__ import main
from bench.page import BEGIN, END, PAGE
from bench.row import Row


def rows_in(path: Path, *rows: Row) -> str:
    path.write_text("Done.\n" + "\n".join(row.as_json() for row in rows))
    return str(path)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "performance.md"
    copy.write_text(f"before\n{BEGIN}\nold figures\n{END}\nafter\n")
    monkeypatch.setattr("bench.page.PAGE", copy)
    return copy


def table(page: Path, monkeypatch: pytest.MonkeyPatch, rows: str) -> list[str]:
    monkeypatch.setattr("sys.argv", ["bench", "page", rows])
    assert main() == 0
    return page.read_text().splitlines()


def test_a_rerun_replaces_the_table_and_nothing_else(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = table(page, monkeypatch, rows_in(tmp_path / "rows", Row("watch", "sqlite", 500, joins_per_s=1200.0)))

    assert (lines[:2], lines[-2:]) == (["before", BEGIN], [END, "after"])
    assert "old figures" not in lines
    assert "≥ 1000 joins/s ✓" in lines[-3]


def test_a_missed_budget_says_by_how_much(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Row("room", "sqlite", 2000, lost=1, doubled=0, ack_p95_ms=99.0, cpu_us_per_op=301.0)
    wsgi, asgi = (Row(f"pages/trivial/{kind}", "sqlite", 16, accepted=n) for kind, n in (("wsgi", 200), ("asgi", 100)))
    told = "\n".join(table(page, monkeypatch, rows_in(tmp_path / "rows", room, wsgi, asgi)))

    assert "**1 > 0 lost and doubled**; ≤ 100 ms p95 ✓; **301 > 300 µs CPU**" in told
    assert "**2 < 3 × ASGI**" in told


def test_the_page_itself_has_the_marks() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert (text.count(BEGIN), text.count(END)) == (1, 1)
