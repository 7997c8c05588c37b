"""A real uvicorn in a process of its own, for tests of what only a server shows."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UVICORN = (
    sys.executable, "-m", "uvicorn", "lms.asgi:application", "--ws", "quizzes.live.wire:Protocol",
    "--ws-max-size", "65536", "--no-access-log",
)  # fmt: skip


@dataclass
class Server:
    process: "subprocess.Popen[str]"
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()

    def stop(self) -> str:
        """End it as an operator would; what it printed."""
        self.process.send_signal(signal.SIGTERM)
        output, _ = self.process.communicate(timeout=30)
        return output


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(database_url: str, var: Path, **environment: str) -> Iterator[Server]:
    port = free_port()
    env = os.environ | {
        "DATABASE_URL": database_url,
        "BENHOC_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "lms.settings.development",
        "DEBUG": "0",
    }
    process = subprocess.Popen(
        [*UVICORN, "--port", str(port)],
        cwd=ROOT,
        env=env | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server(process, port)
    try:
        _wait_for(server)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _wait_for(server: Server, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    server.process.kill()
    raise AssertionError(f"the server did not start:\n{server.process.communicate()[0]}")
