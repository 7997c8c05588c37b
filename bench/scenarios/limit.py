"""The machine itself: the same bytes by a bare loop in C, the same row by pgbench or SQLite's own library."""

from collections.abc import Iterator

from bench.cores import fitting
from bench.limits import Limits
from bench.row import Row
from bench.stage import Stage
from bench.wanted import Wanted

SIZES = (500, 2000, 5000, 10_000)
FRAME, PAUSE_MS = 400, 250  # bytes of a compressed board


def people(wanted: Wanted) -> int:  # noqa: ARG001  # as the others
    return 1


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    limits, kind = Limits(stage), stage.store.kind
    for size in (wanted.n,) if wanted.n else SIZES:
        sockets = fitting(size, stage.say)
        price = limits.frame_us(sockets, FRAME, PAUSE_MS)
        yield Row("limit/frame", kind, sockets, cpu_us_per_op=price, ratio_to_limit=1.0, note="bare C loop")
    for size in (120, 20_000):
        price = limits.request_us(size)
        yield Row("limit/request", kind, 16, cpu_us_per_op=price, ratio_to_limit=1.0, note=f"{size} bytes, bare C loop")
    rows, cpu = limits.inserted()
    how = "SQLite's own library, synchronous=FULL" if kind == "sqlite" else "pgbench, 8 clients"
    row = Row("limit/insert", kind, 1, cpu_us_per_op=cpu * 1e6 / max(1, rows), ratio_to_limit=1.0)
    row.sent = row.accepted = rows
    row.note = f"{rows / stage.limit_seconds:.0f} rows/s, one a commit, {how}"
    yield row
