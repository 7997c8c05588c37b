"""The test database: migrated once per state of the migrations, then copied (migrating takes 13 s, copying none)."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "var" / "test-templates"
SET_UP = ("cms/receivers.py", "cms/actions/site.py", "cms/actions/trace.py", "cms/engine/roles.py")  # after migrating


@cache
def state_of_migrations() -> str:
    """A digest that changes with what migrating leaves behind: migrations, set-up, packages, the list of apps."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("lms/*/migrations/*.py")):
        digest.update(path.read_bytes())
    for path in SET_UP:
        digest.update((ROOT / path).read_bytes())
    digest.update(repr(settings.INSTALLED_APPS).encode())
    digest.update(repr(sorted((d.name, d.version) for d in distributions())).encode())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            name = str(tmp_path_factory.mktemp("db") / "test.sqlite3")
            fresh_copy(name)
            _use(name)
            yield
            connection.close()
        else:
            name = f"benhoc_test_{os.getpid()}"
            fresh_copy(name)
            _use(name)
            yield
            _drop_postgres(name)


@pytest.fixture(scope="session")
def migrated_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, bool]:
    """Every table, and whether migrating left rows in it; those are kept beside it under another name."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        names = connection.introspection.django_table_names(only_existing=True)
        filled = {name: _any(cursor, f'SELECT 1 FROM "{name}" LIMIT 1') for name in names}
        for name in (name for name, has_rows in filled.items() if has_rows):
            cursor.execute(f'CREATE TABLE "kept__{name}" AS SELECT * FROM "{name}"')
        return filled


def put_back(tables: dict[str, bool]) -> None:
    """Make every table what it was after migrating.

    A server that the test looked at may still be writing its last request, or wait for our locks while we wait for its:
    then it is done once more.
    """
    for _try in range(5):
        with suppress(IntegrityError, OperationalError):
            _put_back(tables)
            return
        time.sleep(0.5)
    _put_back(tables)


def _put_back(tables: dict[str, bool]) -> None:
    """Keys are checked at the commit, so the order is of no matter."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, has_rows in tables.items():
            if has_rows:
                both = (f'"{name}"', f'"kept__{name}"')
                differs = " UNION ALL ".join(
                    f"SELECT * FROM (SELECT * FROM {one} EXCEPT SELECT * FROM {other}) AS d"
                    for one, other in (both, both[::-1])
                )
                if _any(cursor, f"SELECT 1 FROM ({differs}) AS differs LIMIT 1"):
                    cursor.execute(f'DELETE FROM "{name}"')
                    cursor.execute(f'INSERT INTO "{name}" SELECT * FROM "kept__{name}"')
            elif _any(cursor, f'SELECT 1 FROM "{name}" LIMIT 1'):
                cursor.execute(f'DELETE FROM "{name}"')


def _any(cursor: CursorWrapper, query: str) -> bool:
    cursor.execute(query)
    return cursor.fetchone() is not None


def fresh_copy(name: str) -> None:
    """Make `name` (a file, or a database beside the test's own) a copy of the migrated state.

    Not of the test's own database: threads of this process may hold it open, and its newest rows stand beside the file.
    """
    if connection.vendor == "sqlite":
        shutil.copyfile(_sqlite_template(), name)
    else:
        _copy_postgres(name)


def database_url() -> str:
    """The address of the test database for another process."""
    name = connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else _postgres_url(name)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _sqlite_template() -> Path:
    template = TEMPLATES / f"{state_of_migrations()}.sqlite3"
    with _alone("sqlite"):
        if not template.exists():
            for older in TEMPLATES.glob("*.sqlite3"):
                older.unlink()
            draft = template.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            _migrate(f"sqlite:///{draft}")
            draft.rename(template)
    return template


def _copy_postgres(name: str) -> None:
    ours = f"benhoc_template_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_"  # another checkout has its own
    template = ours + state_of_migrations()
    with _alone("postgres"), _server() as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        if not known:
            names = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [ours])
            older = names.fetchall()
            for (unused,) in older:
                server.execute(f'DROP DATABASE IF EXISTS "{unused}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{template}_draft"')
            _migrate(_postgres_url(f"{template}_draft"))
            server.execute(f'ALTER DATABASE "{template}_draft" RENAME TO "{template}"')
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _drop_postgres(name: str) -> None:
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server() -> psycopg.Connection:
    return psycopg.connect(_postgres_url("postgres"), autocommit=True)


def _postgres_url(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _migrate(url: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v", "0"]
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lms.settings.test"}
    subprocess.run(command, env=env, cwd=ROOT, check=True)


class _alone:
    """Two test runs at once don't build the same template."""

    def __init__(self, vendor: str) -> None:
        self.path = TEMPLATES / f"{vendor}.lock"

    def __enter__(self) -> None:
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()
