"""Scenarios in small, against a real server: what they count is what is in the database."""

import json
from pathlib import Path

import pytest

from bench.row import Row
from bench.scenarios import attempt, mixed, room, rush
from bench.stage import Stage
from bench.wanted import Wanted

pytestmark = pytest.mark.timeout(600)  # each starts a server; a busy machine takes its time
KEYS = [
    "scenario", "store", "n", "sent", "accepted", "lost", "doubled", "ack_p50_ms", "ack_p95_ms", "ack_p99_ms",
    "board_age_p99_ms", "cpu_us_per_op", "joins_per_s", "rss_kb_per_socket", "ratio_to_limit",
]  # fmt: skip


def counts(row: Row) -> tuple[int | None, int | None, int | None, int | None]:
    return row.sent, row.accepted, row.lost, row.doubled


def test_every_answer_of_a_room_is_counted_in_the_database(one_stage: Stage) -> None:
    (row,) = room.play(one_stage, Wanted(n=20, seconds=0.3))

    assert counts(row) == (60, 60, 0, 0)
    assert list(json.loads(row.as_json())) == KEYS
    assert (row.store, row.n) == (one_stage.store.kind, 20)
    assert row.ack_p99_ms
    assert row.ratio_to_limit
    assert not Path(f"/proc/{one_stage.server}").exists()  # nothing that was started outlives a run


def test_watchers_see_the_board_move_while_answers_arrive(one_stage: Stage) -> None:
    (row,) = mixed.play(one_stage, Wanted(n=20, seconds=4.0))

    assert counts(row)[2:] == (0, 0)
    assert row.board_age_p99_ms is not None
    assert row.joins_per_s
    assert "frames/s" in row.note


def test_whole_attempts_end_with_all_their_answers(one_stage: Stage) -> None:
    one_stage.door = "http"
    (row,) = attempt.play(one_stage, Wanted(n=2))
    one_stage.door = "socket"

    assert counts(row) == (2, 2, 0, 0)
    assert "SQL an attempt" in row.note


def test_a_rush_lets_everybody_in(one_stage: Stage) -> None:
    (row,) = rush.play(one_stage, Wanted(n=5, seconds=0.5))

    assert counts(row) == (5, 5, 0, 0)
