"""The whole process under a real uvicorn: pages, static files, sockets, threads, and its end."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from lms.web import later
from tests.database import database_url
from tests.server import Server, running_server


@pytest.fixture
def server(real_db: None, tmp_path: Path) -> Iterator[Server]:
    with running_server(database_url(), tmp_path, EMBEDDED_THREADS="1") as server:
        yield server


def test_pages_static_files_sockets_and_tasks_under_one_process(server: Server) -> None:
    status, headers, body = server.get("/healthz")
    assert (status, body, headers["content-type"]) == (200, b"ok\n", "text/plain")

    status, headers, body = server.get("/static/wagtailadmin/css/core.css")
    assert (status, headers["content-type"].split(";")[0], len(body) > 1000) == (200, "text/css", True)

    status, headers, _ = server.get("/no-such-page/")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")

    assert server.get("/live/no-such-door/")[0] == 404
    with pytest.raises((ConnectionClosed, InvalidStatus)), connect(f"ws://127.0.0.1:{server.port}/live/nowhere/") as ws:
        ws.recv(timeout=10)

    later.run.enqueue("test.only_known_here", {})  # fails there, which is proof that the thread took it
    assert _soon(lambda: DBTaskResult.objects.failed().count() == 1)

    server.stop()
    assert server.process.returncode in (0, -15)


def _soon(holds: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not (done := holds()) and time.monotonic() < end:
        time.sleep(0.2)
    return bool(done)
