"""A copy of the own database under a throw-away name, with a server of its own; both vanish afterwards."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from lms.keep.actions import snapshot
from lms.keep.actions.backup import refuse_full_disk
from lms.keep.actions.sentences import Refused
from lms.keep.actions.stage import MARK
from lms.keep.plain.probe import answers

HOST = "rehearsal.localhost"
_PATIENCE = 120.0  # seconds for the server's start


@contextmanager
def copied() -> Iterator[dict[str, str]]:
    """The environment in which everything happens on a copy: no Redis, no backups, no worker, nothing sent."""
    room = Path(settings.VAR_DIR) / f"rehearsal-{os.getpid()}"
    for left in Path(settings.VAR_DIR).glob("rehearsal-*"):  # of one that was killed
        shutil.rmtree(left, ignore_errors=True)
    refuse_full_disk(Path(settings.VAR_DIR), 2 * snapshot.size())
    room.mkdir(mode=0o700)
    try:
        with _copy_of_database(room) as url:
            # The command line's own settings must not lead back to the real database.
            inherited = {name: value for name, value in os.environ.items() if not name.endswith("_FILE")}
            yield inherited | {
                "DATABASE_URL": url, "REDIS_URL": "", "BENHOC_VAR": str(room), "STATIC_ROOT": str(settings.STATIC_ROOT),
                "SECRET_KEY": settings.SECRET_KEY, "ALLOWED_HOSTS": HOST, "TRUSTED_PROXIES": "1",
                "EMBEDDED_THREADS": "0", "BACKUP_NIGHTLY": "0", "LOG_REQUESTS": "0", "LOG_LEVEL": "ERROR",
            }  # fmt: skip
    finally:
        shutil.rmtree(room, ignore_errors=True)


@contextmanager
def served(env: dict[str, str]) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The production command on a free port of loopback; its port and process."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "lms.asgi:application", "--port", str(port), "--no-access-log"]
    command += ["--ws", "quizzes.live.wire:Protocol", "--ws-max-size", "65536", "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env)
    try:
        end = time.monotonic() + _PATIENCE
        while not answers("127.0.0.1", port, HOST):
            if process.poll() is not None or time.monotonic() > end:
                raise Refused(_("The rehearsal's server did not start; see above."))
            time.sleep(0.2)
        yield port, process
    finally:
        process.kill()
        process.wait()


def cpu_seconds(process: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _copy_of_database(room: Path) -> AbstractContextManager[str]:
    return _sqlite(room) if connection.vendor == "sqlite" else _postgres(room)


@contextmanager
def _sqlite(room: Path) -> Iterator[str]:
    copy = room / f"{MARK}.sqlite3"
    snapshot.take(copy)
    yield f"sqlite:///{copy}"


@contextmanager
def _postgres(room: Path) -> Iterator[str]:
    name = f"{MARK}_{os.getpid()}"
    dump = room / "database.dump"
    snapshot.take(dump)
    with psycopg.connect(_url("postgres"), autocommit=True) as server:
        try:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            said = _("PostgreSQL's user may not create databases. Allow it once: ALTER ROLE %(user)s CREATEDB")
            raise Refused(said % {"user": connection.settings_dict["USER"]}) from error
    try:
        command = [snapshot.program("pg_restore"), "--no-owner", "--no-acl", f"--dbname={name}", str(dump)]
        if subprocess.run(command, env=snapshot.address(name)).returncode:
            raise Refused(_("The copy for the rehearsal could not be made; see above."))
        yield _url(name)
    finally:
        with suppress(psycopg.Error), psycopg.connect(_url("postgres"), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _url(database: str) -> str:
    given = connection.settings_dict
    user = quote(given["USER"] or "", safe="")
    password = f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else ""
    port = f":{given['PORT']}" if given["PORT"] else ""
    who = f"{user}{password}@" if user else ""
    return f"postgres://{who}{quote(given['HOST'] or '', safe='')}{port}/{database}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
