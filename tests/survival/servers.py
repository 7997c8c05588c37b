"""PostgreSQL and Redis that a test may stop: throw-away, of an unprivileged user, on free ports."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.server import free_port


class Postgres:
    def __init__(self) -> None:
        self.place = _place()
        self.port = free_port()
        self._run("initdb", "-D", "data", "-U", "test", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        settings = ["fsync = off", f"port = {self.port}", "listen_addresses = '127.0.0.1'", "max_connections = 60"]
        settings.append(f"unix_socket_directories = '{self.place}'")  # nothing here survives a power cut, or must
        with (self.place / "data" / "postgresql.conf").open("a") as conf:
            conf.write("\n".join(settings) + "\n")

    def url(self, name: str = "postgres") -> str:
        return f"postgres://test@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        self._run("pg_ctl", "start", "-w", "-t", "60", "-D", "data", "-l", "log")

    def stop(self) -> None:
        """At once, as a killed server: clients are cut off, recovery happens at the next start."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", "data")

    def copy_of(self, url: str, name: str) -> str:
        """A database with everything that is in the one at `url`; its address."""
        dump = self.place / "dump"
        subprocess.run([_program("pg_dump"), "--format=custom", "--no-owner", f"--file={dump}", url], check=True)
        subprocess.run([_program("createdb"), f"--maintenance-db={self.url()}", name], check=True)
        restore = [_program("pg_restore"), "--no-owner", f"--dbname={self.url(name)}", str(dump)]
        subprocess.run(restore, check=True)
        return self.url(name)

    def remove(self) -> None:
        subprocess.run([*_AS, _program("pg_ctl"), "stop", "-m", "immediate", "-D", "data"], cwd=self.place)
        shutil.rmtree(self.place, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_AS, _program(program), *arguments]
        subprocess.run(command, cwd=self.place, check=True, stdout=subprocess.DEVNULL, timeout=90)


class Redis:
    """Keeps nothing on disk: stopped and started, it has forgotten everything."""

    def __init__(self) -> None:
        self.place = _place()
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command += ["--logfile", str(self.place / "log"), "--dir", str(self.place)]
        self.process = subprocess.Popen([*_AS, *command], cwd=self.place)
        wait_for_port(self.port)

    def stop(self) -> None:
        if self.process:
            subprocess.run(["redis-cli", "-p", str(self.port), "shutdown", "nosave"], stderr=subprocess.DEVNULL)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.place, ignore_errors=True)


def wait_for_port(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing answers on port {port}")


def _user() -> str:
    """Who runs them: PostgreSQL refuses to run as root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


_AS = ["runuser", "-u", _user(), "--"] if os.getuid() == 0 else []


def _place() -> Path:
    """A directory of theirs; pytest's own are closed to other users."""
    place = Path(tempfile.mkdtemp(prefix="benhoc-survival-"))
    if _AS:
        shutil.chown(place, _user())
    return place


def _program(name: str) -> str:
    if found := shutil.which(name):
        return found
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    assert versions, f"PostgreSQL's {name} is nowhere"
    return str(versions[-1])
