"""What a scenario plays on: the database, the product's own command on one core, and a hand in the database."""

import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.cores import client_core, pinned, server_core
from bench.cpu import Meter, resident_kb
from bench.native import Load, Unable
from bench.plan import Plan
from bench.reading import Report
from bench.store import ROOT, Store, environment, free_port, made

OURS = "lms.asgi:application"
STARTING = 60.0  # seconds
RESTING = 0.015  # seconds of CPU in half a second


class Stage:
    def __init__(self, store: Store, scratch: Path, *, door: str, say: Callable[[str], None]) -> None:
        self.store, self.scratch, self.door, self.say = store, scratch, door, say
        self.environment = environment(store, scratch)
        self.port, self.server = 0, 0
        self.facts: dict[str, Any] = {}
        self.limits: dict[str, float] = {}  # known already
        self.limit_seconds, self.rest_seconds, self.most_waiting = 3.0, 2.0, 12.0
        self._hand = subprocess.Popen(
            [sys.executable, "manage.py", "bench_data"],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=pinned(client_core()),
        )  # fmt: skip

    def ask(self, do: str, **request: Any) -> Any:
        """Let `bench_data` prepare or count something in the database."""
        assert self._hand.stdin
        assert self._hand.stdout
        self._hand.stdin.write(json.dumps({"do": do} | request) + "\n")
        self._hand.stdin.flush()
        line = self._hand.stdout.readline()
        if not line:
            raise Unable(f"bench_data could not {do}; see above.")
        return json.loads(line)

    def close(self) -> None:
        assert self._hand.stdin
        self._hand.stdin.close()
        try:
            self._hand.wait(10)
        except subprocess.TimeoutExpired:
            self._hand.kill()

    @contextmanager
    def serving(self, application: str = OURS, *, cores: tuple[int, ...] = (), **more: str) -> Iterator["Stage"]:
        """The server on a core of its own, from its first answer to its end."""
        self.port = free_port()
        environment = self.environment | {"SITE_URL": f"http://127.0.0.1:{self.port}"} | more
        log = self.scratch / "server.log"
        with log.open("a") as output, subprocess.Popen(
            server_command(application, self.port), cwd=ROOT, env=environment, stdout=output, stderr=output,
            preexec_fn=pinned(*(cores or (server_core(),))),
        ) as server:  # fmt: skip
            self.server = server.pid
            try:
                self._wait(server, log)
                self.quiet()
                yield self
            finally:
                server.terminate()
                try:
                    server.wait(15)
                except subprocess.TimeoutExpired:
                    server.kill()

    def _wait(self, server: "subprocess.Popen[bytes]", log: Path) -> None:
        end = time.monotonic() + STARTING
        while time.monotonic() < end and server.poll() is None:
            if status_of(self.port, "/manifest.webmanifest") == 200:
                return
            time.sleep(0.1)
        raise Unable(f"The server did not start:\n{log.read_text()[-2000:]}")

    def quiet(self) -> None:
        """Wait until the server has done what it does after a start or a scenario, for some seconds at most."""
        end = time.monotonic() + self.most_waiting
        while time.monotonic() < end:
            meter = self.meter().start()
            time.sleep(0.5)
            if meter.stop() < RESTING:
                return

    def resting(self) -> float:
        """CPU seconds a second while nobody asks for anything."""
        self.quiet()
        meter = self.meter().start()
        time.sleep(self.rest_seconds)
        return meter.stop() / self.rest_seconds

    def meter(self) -> Meter:
        """CPU of the server and of everything that works for its database."""
        return Meter(lambda: [self.server, *self.store.processes()])

    def memory_kb(self) -> int:
        return resident_kb(self.server)

    def load(self, plan: Plan) -> Load:
        return Load(self.port, plan, scratch=self.scratch)

    def measured(self, load: Load) -> tuple[float, Report]:
        """Let the clients do what was planned: the seconds of CPU that it took, and what they saw."""
        meter = self.meter().start()
        load.go()
        load.done()
        return meter.stop(), load.report()


def server_command(application: str, port: int) -> list[str]:
    """The command of `./dev demo` and of production."""
    command = [sys.executable, "-m", "uvicorn", application, "--ws", "quizzes.live.wire:Protocol"]
    command += ["--no-access-log", "--log-level", "warning", "--ws-max-size", "65536"]
    return [*command, "--host", "127.0.0.1", "--port", str(port)]


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


@contextmanager
def stage(kind: str, *, members: int, door: str, say: Callable[[str], None]) -> Iterator[Stage]:
    """A filled database in a folder of its own; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="benhoc-bench-") as folder:
        scratch = Path(folder)
        say(f"Making a {kind} database with {members} people …")
        with made(kind, scratch) as store:
            one = Stage(store, scratch, door=door, say=say)
            try:
                one.facts = one.ask("fill", members=members)
                yield one
            finally:
                one.close()
