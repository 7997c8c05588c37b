"""A house with its own database, where everything may be killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.e2e.server import LiveServer
from tests.server import ROOT
from tests.survival.entrant import Entrant
from tests.survival.servers import Postgres, Redis


@dataclass
class House:
    database: str
    place: Path
    postgres: Postgres | None = None
    redis: Redis | None = None
    staged: dict[str, Any] = field(default_factory=dict)
    started: list["LiveServer | Worker"] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database,
            "REDIS_URL": self.redis.url if self.redis else "",
            "DJANGO_SETTINGS_MODULE": "tests.survival.settings",
            "BENHOC_VAR": str(self.place / "var"),
            "EMBEDDED_THREADS": "0",
            "WORKER_LIFE": "2",
            "SURVIVAL_CLOCK": str(self.place / "clock"),
        }

    def stage(self, entrants: int) -> None:
        command = [sys.executable, "-m", "tests.survival.stage", str(entrants), str(self.place)]
        made = subprocess.run(command, cwd=ROOT, env=os.environ | self.environment, check=True, stdout=subprocess.PIPE)
        self.staged = json.loads(made.stdout)

    def web(self, **environment: str) -> LiveServer:
        """A web process, started."""
        server = LiveServer(self.environment | environment, log=self.place / f"web{len(self.started)}.log")
        self.started.append(server)
        server.start()
        return server

    def worker(self) -> "Worker":
        worker = Worker(self.environment, self.place / f"worker{len(self.started)}.log")
        self.started.append(worker)
        return worker

    def entrants(self, count: int) -> list[Entrant]:
        """People of whom no other test knows."""
        taken = [self.staged["entrants"].pop() for _ in range(count)]
        return [Entrant(one["attempt"], one["member"], one["started_ms"], one["session"]) for one in taken]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Straight from the database, past everything of ours."""
        with closing(self._connect()) as connection:
            return list(connection.execute(query))

    def _connect(self) -> Any:
        if self.postgres:
            return psycopg.connect(self.database, options="-c timezone=UTC")
        return sqlite3.connect(self.database.removeprefix("sqlite:///"), timeout=30)

    def answers(self, entrants: list[Entrant]) -> dict[tuple[int, int], tuple[int, list[str]]]:
        """What the database holds for these: seq and options by attempt and place. Two for one place fail."""
        ids = ", ".join(str(one.attempt) for one in entrants)
        query = f"SELECT attempt_id, place, seq, given FROM quizzes_answer WHERE attempt_id IN ({ids})"  # noqa: S608  # numbers
        found = self.rows(query)
        answers = {(a, p): (seq, json.loads(given) if isinstance(given, str) else given) for a, p, seq, given in found}
        assert len(answers) == len(found), "an answer is doubled"
        return answers

    def let_end(self, entrants: list[Entrant], deadline: datetime) -> None:
        """Give their attempts this deadline."""
        ids = ", ".join(str(one.attempt) for one in entrants)
        change = f"UPDATE quizzes_attempt SET deadline_at = '{deadline:%Y-%m-%d %H:%M:%S.%f}' WHERE id IN ({ids})"  # noqa: S608  # ours
        with closing(self._connect()) as connection:
            connection.execute(change)
            connection.commit()

    def remove(self) -> None:
        for one in self.started:
            one.kill()
        for server in (self.postgres, self.redis):
            if server:
                server.remove()


class Worker:
    """`manage.py tick` as a process."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        command = [sys.executable, "manage.py", "tick"]
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | environment, stdout=file, stderr=subprocess.STDOUT
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def until(holds: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """The first true result of `holds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := holds():
            return result
        time.sleep(0.05)
    raise AssertionError(f"in {seconds:.0f} s it did not happen: {what}")
