"""Watchers of one board: what a frame costs, how many can join in a second, what a socket takes of memory.

Each beat has something new, because somebody hands in. What handing in itself costs is measured with one watcher
first and taken off, so that the figure is the price of the frames.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.cores import fitting
from bench.limits import Limits
from bench.plan import Plan
from bench.reading import Frame, Report, board_ages, percentile
from bench.row import Row
from bench.scenarios.crowd import add_movers, add_watchers, movers_for, ready_to_hand_in
from bench.scenarios.room import troubles
from bench.stage import Stage
from bench.wanted import Wanted

SIZES = (500, 2000, 5000, 10_000)
SECONDS = 6.0


@dataclass(frozen=True)
class Look:
    cpu: float
    seconds: float
    joins_per_s: float
    kb_per_socket: float
    report: Report
    age_p99: float | None


def sizes_of(stage: Stage | None, wanted: Wanted) -> list[int]:
    sizes = [wanted.n] if wanted.n else list(SIZES)
    return sorted({fitting(size, stage.say) if stage else size for size in sizes})


def people(wanted: Wanted) -> int:
    sizes = sizes_of(None, wanted)
    return max(sizes) + movers_for(wanted.seconds or SECONDS) * (len(sizes) + 1)


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    seconds = wanted.seconds or SECONDS
    with stage.serving():
        alone = _look(stage, 1, seconds)
        for size in sizes_of(stage, wanted):
            yield _row(stage, size, alone, _look(stage, size, seconds))


def _look(stage: Stage, size: int, seconds: float) -> Look:
    movers = ready_to_hand_in(stage, movers_for(seconds))
    tokens = stage.ask("tokens", members=stage.ask("newcomers", count=size))
    plan = Plan(seconds)
    add_watchers(plan, tokens)
    add_movers(plan, movers)
    stage.quiet()
    memory, since = stage.memory_kb(), time.time()
    with stage.load(plan) as load:
        load.ready()
        kb = (stage.memory_kb() - memory) / size
        cpu, report = stage.measured(load)
    return Look(cpu, seconds, size / load.seconds_to_join, kb, report, age_of(stage, report, since))


def age_of(stage: Stage, report: Report, since: float) -> float | None:
    moves = stage.ask("moves", since=since)
    ages = board_ages(report.boards(), moves["stamps"], moves["version"])
    return percentile(ages, 0.99) if ages else None


def _row(stage: Stage, size: int, alone: Look, look: Look) -> Row:
    frames = look.report.counts["frames"]
    boards = look.report.boards()
    row = Row("watch", stage.store.kind, size)
    row.sent = row.accepted = frames
    row.board_age_p99_ms = look.age_p99
    row.joins_per_s, row.rss_kb_per_socket = look.joins_per_s, look.kb_per_socket
    row.note = f"{frames / look.seconds:.0f} frames/s; {troubles(look.report.counts)}".rstrip("; ")
    if (
        frames and boards and look.cpu > alone.cpu
    ):  # else the machine was too busy: no figure is better than a wrong one
        row.cpu_us_per_op = (look.cpu - alone.cpu) * 1e6 / frames
        limit = Limits(stage).frame_us(size, size_of(boards), pause_of(look.seconds, len(boards)))
        row.ratio_to_limit = limit / row.cpu_us_per_op
    return row


def size_of(boards: list[tuple[int, Frame]]) -> int:
    """Bytes of a board's frame on the wire, on average."""
    sizes = [frame.size for _, frame in boards]
    return max(1, round(sum(sizes) / len(sizes)))


def pause_of(seconds: float, beats: int) -> int:
    """Milliseconds between two boards, as they came."""
    return max(50, round(seconds * 1000 / max(1, beats)))
