"""The load client, its compiler and the command line: what they refuse, and in which words."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.cores import fitting, most_sockets
from bench.native import Unable, compiled
from bench.reading import Frame, board_ages, percentile, read_report
from tests.server import ROOT


def client(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(compiled("load")), *arguments], capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.1.20", "128.0.0.1", "example.org"])
def test_the_client_knows_no_address_but_loopback(compiler: None, tmp_path: Path, host: str) -> None:
    (tmp_path / "plan").write_text("seconds\t1\n")
    done = client(host, "80", str(tmp_path / "plan"))

    assert (done.returncode, "loopback only" in done.stderr) == (2, True)


def test_a_plan_that_nobody_understands_is_refused(compiler: None, tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("seconds\t1\nactor\t0\nfly\taway\n")
    done = client("127.0.0.1", "80", str(tmp_path / "plan"))

    assert (done.returncode, "fly" in done.stderr) == (2, True)


def test_without_a_compiler_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Unable, match="no compiler is here"):
        compiled("load")


@pytest.mark.parametrize("arguments", [("room", "--n", "0"), ("room", "--seconds", "9999"), ("fly",), ()])
def test_the_command_line_keeps_to_bounds(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stderr.startswith("usage: ./dev bench")) == (2, True)


def test_too_many_sockets_are_said_plainly() -> None:
    said: list[str] = []

    assert fitting(10**9, said.append) == most_sockets()
    assert "can't be had here" in said[0]
    assert (fitting(1, said.append), len(said)) == (1, 1)


def test_a_report_is_read_with_its_units() -> None:
    board = b'{"t":"board","version":7}'.hex()
    told = f"times answer 3 1000 2000 3000 4000\nstatus answer 200 2\nstatus answer 503 1\nframe 5 2 0 {board} 0:1 35:1"
    report = read_report(told)

    assert (report.times["answer"].p95, report.good("answer")) == (2.0, 2)
    assert [(version, frame.later) for version, frame in report.boards()] == [(7, {0: 1, 35: 1})]


def test_a_boards_age_begins_with_the_oldest_change_that_it_is_the_first_to_show() -> None:
    def frame(first: int, later: dict[int, int]) -> Frame:
        return Frame(first, sum(later.values()), "", later, 0)

    stamps = [100_000, 200_000, 300_000]  # versions 11, 12 and 13
    boards = [(10, frame(50_000, {0: 9})), (12, frame(350_000, {0: 1, 20: 1})), (13, frame(600_000, {0: 2}))]
    ages = board_ages(boards, stamps, 13)

    assert ages == [(250.0, 1), (270.0, 1), (300.0, 2)]
    assert (percentile(ages, 0.25), percentile(ages, 0.99)) == (250.0, 300.0)
