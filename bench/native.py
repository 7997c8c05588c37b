"""The programs in C: compiled once, started on a core of their own, always ended."""

import hashlib
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

from bench.cores import client_core, pinned
from bench.plan import Plan
from bench.reading import Report, read_report

SOURCES = Path(__file__).parent / "client"
PATIENCE = 150.0  # seconds for everybody to come in, and beyond the plan's own time


class Unable(Exception):
    """Why a scenario can't be had on this machine, in a sentence."""


def compiled(name: str) -> Path:
    """The program `load` or `limit`, made by `cc` unless it is there already for these very sources."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        raise Unable(
            "The load client is written in C and no compiler is here. On Debian: sudo apt install gcc libc6-dev"
        )
    sources = sorted(path for path in SOURCES.glob("*.c") if (path.stem == "limit") == (name == "limit"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SOURCES.iterdir()))).hexdigest()[:12]
    program = Path(tempfile.gettempdir()) / f"benhoc-bench-{os.getuid()}" / f"{name}-{digest}"
    if not program.exists():
        program.parent.mkdir(mode=0o700, exist_ok=True)
        draft = program.with_suffix(f".{os.getpid()}")
        made = subprocess.run([compiler, "-O2", "-o", str(draft), *map(str, sources)], capture_output=True, text=True)
        if made.returncode:
            raise Unable(f"The load client could not be compiled:\n{made.stderr}")
        draft.rename(program)
    return program


class Load:
    """One run of the load client. Used in this order: `ready`, `go`, `done`, `report`."""

    def __init__(self, port: int, plan: Plan, *, scratch: Path, host: str = "127.0.0.1") -> None:
        self.plan, self.seconds_to_join, self.joined = plan, 0.0, 0
        path = scratch / "plan"
        path.write_text(plan.text(), encoding="utf-8")
        self.process = subprocess.Popen(
            [str(compiled("load")), host, str(port), str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=pinned(client_core()),
        )  # fmt: skip
        self.rest = b""

    def __enter__(self) -> "Load":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def ready(self) -> None:
        """Everybody who has to be in before the measuring is in."""
        _, joined, seconds = self._line(PATIENCE).split()
        self.joined, self.seconds_to_join = int(joined), float(seconds)
        self._expect("ready", PATIENCE)

    def go(self) -> None:
        self._say("go")

    def done(self) -> None:
        """The measuring is over; sockets are still open."""
        self._expect("done", self.plan.seconds + PATIENCE)

    def report(self) -> Report:
        self._say("report")
        assert self.process.stdout
        report = read_report((self.rest + self.process.stdout.read()).decode())
        self.process.wait()
        return report

    def _say(self, word: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(word.encode() + b"\n")
        self.process.stdin.flush()

    def _expect(self, word: str, patience: float) -> None:
        line = self._line(patience)
        if not line.startswith(word):
            raise Unable(f"The load client said {line!r} where {word!r} was due.")

    def _line(self, patience: float) -> str:
        assert self.process.stdout
        end = time.monotonic() + patience
        while b"\n" not in self.rest:
            left = max(0.0, end - time.monotonic())
            if not select.select([self.process.stdout], [], [], left)[0]:
                raise Unable(f"The load client said nothing for {patience:.0f} s.")
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                raise Unable("The load client ended too early; see above.")
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode()
