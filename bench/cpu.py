"""CPU time and memory of processes, from /proc."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
Pids = Callable[[], Iterable[int]]


def spent(pid: int) -> float:
    """Seconds of CPU so far: of its threads to the nanosecond, or with dead threads to the tick, whichever is more."""
    living = 0
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            try:
                living += int((task / "schedstat").read_text().split()[0])
            except (OSError, IndexError):
                continue  # a thread has just ended
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return max(living / 1e9, (int(fields[11]) + int(fields[12])) / TICK - 1 / TICK)


def resident_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def titled(word: str) -> list[int]:
    """Processes of PostgreSQL that work for the database of this name: their titles say so."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                title = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if title.startswith("postgres:") and word in title.split():
                found.append(int(entry.name))
    return found


class Meter:
    """CPU seconds between `start` and `stop`, of whatever processes `pids` names at either moment."""

    def __init__(self, pids: Pids) -> None:
        self.pids = pids
        self.before: dict[int, float] = {}

    def start(self) -> "Meter":
        self.before = {pid: spent(pid) for pid in self.pids()}
        return self

    def stop(self) -> float:
        return sum(max(0.0, spent(pid) - self.before.get(pid, 0.0)) for pid in {*self.pids(), *self.before})
