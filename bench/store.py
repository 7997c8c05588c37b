"""The throw-away database of a run: a SQLite file, or a database of its own on the PostgreSQL that answers."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.cpu import titled
from bench.native import Unable

ROOT = Path(__file__).resolve().parents[1]
MARK = "benhoc_bench"  # lms.demo.bench.place fills no other
SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://localhost/postgres")
ON_THIS_MACHINE = {None, "", "localhost", "127.0.0.1", "::1"}


@dataclass
class Store:
    """`kind` is sqlite or postgres; `environment` what the product needs to find it."""

    kind: str
    environment: dict[str, str]
    name: str
    pids: list[int] = field(default_factory=list)  # of servers that are the run's own

    def processes(self) -> list[int]:
        """Whatever works for this database beside the product itself."""
        return [*self.pids, *(titled(self.name) if self.kind == "postgres" else [])]

    @property
    def address(self) -> str:
        return self.environment["DATABASE_URL"]


@contextmanager
def made(kind: str, scratch: Path) -> Iterator[Store]:
    """An empty, migrated database; dropped at the end."""
    with _sqlite(scratch) if kind == "sqlite" else _postgres(scratch) as store:
        yield store


def postgres_answers() -> bool:
    return bool(shutil.which("psql")) and _here() and _psql("SELECT 1").returncode == 0


@contextmanager
def _sqlite(scratch: Path) -> Iterator[Store]:
    path = scratch / f"{MARK}.sqlite3"
    store = Store("sqlite", {"DATABASE_URL": f"sqlite:///{path}"}, path.name)
    kept = _template()
    if kept.exists():
        shutil.copyfile(kept, path)
    else:
        _migrate(store, scratch)
        kept.parent.mkdir(parents=True, exist_ok=True)
        for older in kept.parent.glob("migrated-*"):
            older.unlink()
        shutil.copyfile(path, kept)
    yield store


def _template() -> Path:
    """Migrating takes 20 s of CPU and always leaves the same: kept beside the other things that can be thrown away."""
    digest = hashlib.sha256()
    for path in [
        *sorted(ROOT.glob("*/migrations/*.py")),
        *sorted(ROOT.glob("lms/*/migrations/*.py")),
        ROOT / "requirements.lock",
    ]:
        digest.update(path.read_bytes())
    return Path(os.environ.get("BENHOC_VAR", ROOT / "var")) / "bench" / f"migrated-{digest.hexdigest()[:12]}.sqlite3"


@contextmanager
def _postgres(scratch: Path) -> Iterator[Store]:
    if not _here():
        raise Unable("The bench measures on this machine only: TEST_DATABASE_URL names another one.")
    if not postgres_answers():
        raise Unable(f"PostgreSQL does not answer at {SERVER}, or psql is missing (another: TEST_DATABASE_URL).")
    name = f"{MARK}_{os.getpid()}"
    _must(_psql(f'CREATE DATABASE "{name}"'))
    address = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
    try:
        with _redis(scratch) as (redis, pids):
            store = Store("postgres", {"DATABASE_URL": address, "REDIS_URL": redis}, name, pids)
            _migrate(store, scratch)
            yield store
    finally:
        _psql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _redis(scratch: Path) -> Iterator[tuple[str, list[int]]]:
    """A Redis of the run's own, so that its CPU is the run's; without its program the product goes without."""
    if not shutil.which("redis-server"):
        yield "", []
        return
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(scratch)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.setpgid(0, 0)) as server:
        try:
            yield f"redis://127.0.0.1:{port}/0", [server.pid]
        finally:
            server.terminate()


def _migrate(store: Store, scratch: Path) -> None:
    _must(subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT, env=environment(store, scratch), capture_output=True, text=True,
    ))  # fmt: skip


def environment(store: Store, scratch: Path) -> dict[str, str]:
    """As `./dev demo` sets it, on the throw-away database."""
    plain = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    own = {"DJANGO_SETTINGS_MODULE": "lms.settings.development", "DEBUG": "0", "BENHOC_VAR": str(scratch)}
    return plain | own | {name: value for name, value in store.environment.items() if value}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _here() -> bool:
    return urlsplit(SERVER).hostname in ON_THIS_MACHINE


def _psql(statement: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["psql", SERVER, "-qAtc", statement], capture_output=True, text=True)


def _must(done: "subprocess.CompletedProcess[str]") -> None:
    if done.returncode:
        raise Unable(f"{' '.join(map(str, done.args))} failed:\n{done.stdout}{done.stderr}")
