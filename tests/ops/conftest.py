"""A copy of the test database that a test may damage, swap and back up, with a var/ of its own."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from tests.database import database_url, fresh_copy


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about one column runs in that one only: left out, not skipped."""
    other = "only_sqlite" if connection.vendor == "postgresql" else "only_postgres"
    unfit = [item for item in items if other in item.keywords]
    config.hook.pytest_deselected(items=unfit)
    items[:] = [item for item in items if item not in unfit]


@pytest.fixture
def place(real_db: None, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """`connection` leads to the copy until the test ends; the place is VAR_DIR."""
    settings.VAR_DIR, settings.MEDIA_ROOT, settings.BACKUP_DIR = tmp_path, tmp_path / "media", tmp_path / "backups"
    real = connection.settings_dict["NAME"]
    _let_go()
    copy = str(tmp_path / "benhoc.sqlite3") if connection.vendor == "sqlite" else f"{real}_ops"
    fresh_copy(copy)
    connection.settings_dict["NAME"] = copy
    try:
        yield tmp_path
    finally:
        _let_go()
        connection.settings_dict["NAME"] = real
        if connection.vendor == "postgresql":
            _drop_all(copy)


@pytest.fixture
def elsewhere(place: Path) -> dict[str, str]:
    """What a process of its own needs to work on the same copy."""
    return {
        "DATABASE_URL": database_url(),
        "BENHOC_VAR": str(place),
        "DJANGO_SETTINGS_MODULE": "lms.settings.development",
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
    }


def _let_go() -> None:
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def _drop_all(copy: str) -> None:
    """The copy, and what restores have put aside."""
    with psycopg.connect(database_url().rpartition("/")[0] + "/postgres", autocommit=True) as server:
        names = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [copy]).fetchall()
        for (name,) in names:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
