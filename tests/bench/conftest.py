"""A stage on a copy of the test database, with a real server and real sockets."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from bench.stage import Stage
from bench.store import MARK, Store
from tests.database import database_url, fresh_copy

PEOPLE = 200


@pytest.fixture(scope="session")
def compiler() -> None:
    if not shutil.which("cc"):
        reason = "The bench's client is written in C and no compiler is here: sudo apt install gcc libc6-dev"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def one_stage(
    compiler: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Filled with a contest and some people; limits are given, so that no test waits for them."""
    scratch = tmp_path_factory.mktemp("bench")
    with django_db_blocker.unblock():
        store, drop = _copied(scratch)
    one = Stage(store, scratch, door="socket", say=print)
    one.limits = {"insert": 100.0, "request 120": 10.0, "request 20000": 20.0}
    one.limit_seconds, one.rest_seconds, one.most_waiting = 0.5, 0.1, 0.0
    try:
        one.facts = one.ask("fill", members=PEOPLE)
        yield one
    finally:
        one.close()
        drop()


def _copied(scratch: Path) -> tuple[Store, "Drop"]:
    if connection.vendor == "sqlite":
        path = scratch / f"{MARK}.sqlite3"
        fresh_copy(str(path))
        return Store("sqlite", {"DATABASE_URL": f"sqlite:///{path}"}, path.name), Drop("", "")
    name, ours, url = f"{MARK}_test_{os.getpid()}", connection.settings_dict["NAME"], database_url()
    fresh_copy(name)
    drop = Drop(url.replace(ours, "postgres"), name)
    return Store("postgres", {"DATABASE_URL": url.replace(ours, name), "REDIS_URL": settings.REDIS_URL}, name), drop


class Drop:
    def __init__(self, server: str, name: str) -> None:
        self.server, self.name = server, name

    def run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as server:
            server.execute(statement)

    def __call__(self) -> None:
        if self.server:
            self.run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
