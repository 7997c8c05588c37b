"""What the machine itself takes for the same bytes and the same row: every figure is set beside it, in the same run."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import plan as steps
from bench.cores import client_core, pinned, server_core
from bench.cpu import Meter, spent, titled
from bench.native import Load, Unable, compiled
from bench.plan import Plan
from bench.reading import Report
from bench.stage import Stage
from bench.store import free_port

SMALL = 120  # bytes of an acknowledgement
CLIENTS = 8  # of pgbench
SCRIPT = r"""
\set attempt random(1, 2000)
\set place random(0, 19)
INSERT INTO bench_answer (attempt_id, place, given, seq, points, arrived_at)
VALUES (:attempt, :place, '["a"]', 1, 1, now())
ON CONFLICT (attempt_id, place) DO UPDATE
SET given = excluded.given, seq = excluded.seq, points = excluded.points, arrived_at = excluded.arrived_at;
"""


class Limits:
    """Microseconds of CPU an operation. What doesn't depend on a scenario is measured once a run."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def frame_us(self, sockets: int, size: int, pause_ms: int) -> float:
        """One frame of `size` bytes to each of `sockets`, every `pause_ms`: the price of one of them."""
        plan = Plan(self.stage.limit_seconds)
        for _ in range(sockets):
            plan.actor(steps.open_socket("/"), steps.BARRIER, steps.WATCH)
        with _bare(size, pause_ms) as (port, pid), Load(port, plan, scratch=self.stage.scratch) as load:
            cpu, report = _measured(load, pid)
        return cpu * 1e6 / max(1, report.counts["frames"])

    def request_us(self, size: int = SMALL, lines: int = 16) -> float:
        """One small request and an answer of `size` bytes."""
        known = self.stage.limits.get(f"request {size}")
        if known is None:
            plan = Plan(self.stage.limit_seconds)
            for _ in range(lines):
                plan.actor(steps.http("page", "GET", "/"), steps.loop(1))
            with _bare(size, 0) as (port, pid), Load(port, plan, scratch=self.stage.scratch) as load:
                cpu, report = _measured(load, pid)
            known = self.stage.limits[f"request {size}"] = cpu * 1e6 / max(1, report.good("page"))
        return known

    def insert_us(self) -> float:
        """The row of one answer, committed by itself: pgbench, or SQLite's own library with synchronous=FULL."""
        if "insert" not in self.stage.limits:
            rows, cpu = self.inserted()
            self.stage.limits["insert"] = cpu * 1e6 / max(1, rows)
        return self.stage.limits["insert"]

    def answer_us(self) -> float:
        """A message in, a row committed, a message out."""
        return self.request_us() + self.insert_us()

    def inserted(self) -> tuple[int, float]:
        """Rows, and CPU seconds."""
        return _by_sqlite(self.stage) if self.stage.store.kind == "sqlite" else _by_pgbench(self.stage)


def _measured(load: Load, pid: int) -> tuple[float, Report]:
    load.ready()
    meter = Meter(lambda: [pid]).start()
    load.go()
    load.done()
    return meter.stop(), load.report()


@contextmanager
def _bare(size: int, pause_ms: int) -> Iterator[tuple[int, int]]:
    port = free_port()
    command = [str(compiled("limit")), str(port), str(size), str(pause_ms)]
    with subprocess.Popen(command, preexec_fn=pinned(server_core())) as server:
        try:
            time.sleep(0.2)
            yield port, server.pid
        finally:
            server.kill()


def _by_sqlite(stage: Stage) -> tuple[int, float]:
    command = [sys.executable, "-m", "bench.rows", str(stage.scratch), str(stage.limit_seconds)]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        preexec_fn=pinned(server_core()),
        check=True,
    )
    rows, cpu = done.stdout.split()
    return int(rows), float(cpu)


def _by_pgbench(stage: Stage) -> tuple[int, float]:
    program = shutil.which("pgbench") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))), None)
    if not program:
        raise Unable("pgbench is missing. On Debian: sudo apt install postgresql-contrib")
    script = stage.scratch / "insert.sql"
    script.write_text(SCRIPT)
    table = "CREATE TABLE IF NOT EXISTS bench_answer (LIKE quizzes_answer INCLUDING ALL)"
    subprocess.run(["psql", stage.store.address, "-qc", table], check=True)
    command = [
        program,
        "-n",
        "-f",
        str(script),
        "-c",
        str(CLIENTS),
        "-T",
        str(max(1, round(stage.limit_seconds))),
        stage.store.address,
    ]
    before = set(titled(stage.store.name))
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=pinned(client_core())
    ) as run:
        used: dict[int, float] = {}
        while run.poll() is None:
            used |= {pid: spent(pid) for pid in [run.pid, *titled(stage.store.name)] if pid not in before}
            time.sleep(0.1)
        assert run.stdout
        told = run.stdout.read()
    rows = int(next(line for line in told.splitlines() if "actually processed" in line).split(":")[1].split("/")[0])
    return rows, sum(used.values())
