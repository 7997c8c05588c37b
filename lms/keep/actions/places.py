"""Where a restored database is built beside the one in use, and how both change places. One class a vendor."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from lms.keep.actions import snapshot
from lms.keep.actions.sentences import Refused


class Place(Protocol):
    def beside(self) -> AbstractContextManager[None]:
        """The backup as a database beside the one in use; Refused while anybody uses that."""

    def counts(self) -> dict[str, int]:
        """Rows of each table of the new one."""

    def swap(self, kept: Path) -> str:
        """Make the new one the one in use; where the old one is now."""


def of(vendor: str, copy: Path, stamp: str) -> Place:
    return SqlitePlace(copy) if vendor == "sqlite" else PostgresPlace(copy, stamp)


class SqlitePlace:
    def __init__(self, copy: Path) -> None:
        self.copy = copy
        self.database = Path(connection.settings_dict["NAME"])

    @contextmanager
    def beside(self) -> Iterator[None]:
        connection.close()
        self._refuse_if_open()
        yield

    def counts(self) -> dict[str, int]:
        return snapshot.counts_of_sqlite(self.copy)

    def swap(self, kept: Path) -> str:
        """A second name for the old file, then the new one over the first name: there is a database at every moment."""
        for part in ("", "-wal", "-shm"):
            old = Path(f"{self.database}{part}")
            if old.exists():
                (kept / f"database.sqlite3{part}").hardlink_to(old)
                if part:
                    old.unlink()
        self.database.parent.mkdir(parents=True, exist_ok=True)
        self.copy.chmod(0o600)
        self.copy.rename(self.database)
        return str(kept)

    def _refuse_if_open(self) -> None:
        """SQLite leaves the write-ahead log only when nobody else has the file open. A broken file may be replaced."""
        if not self.database.exists():
            return
        try:
            with closing(sqlite3.connect(self.database, timeout=1)) as old:
                old.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            said = _("The server is running. Stop it first (sudo systemctl stop benhoc), restore, start it again.")
            raise Refused(said) from error
        except sqlite3.DatabaseError:
            return


class PostgresPlace:
    def __init__(self, dump: Path, stamp: str) -> None:
        self.dump = dump
        self.name: str = connection.settings_dict["NAME"]
        self.fresh, self.old = f"{self.name}_new_{stamp[-6:]}", f"{self.name}_before_{stamp.replace('-', '_')}"

    @contextmanager
    def beside(self) -> Iterator[None]:
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        self._refuse_if_open()
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(self.fresh)))
        try:
            self._fill()
            yield
        finally:
            with suppress(psycopg.Error):
                self._run(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.fresh)))

    def counts(self) -> dict[str, int]:
        with self._connect(self.fresh) as fresh:
            names = fresh.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            count = sql.SQL("SELECT count(*) FROM {}")
            found = {name: fresh.execute(count.format(sql.Identifier(name))).fetchone() for (name,) in names}
            return {name: row[0] for name, row in found.items() if row}

    def swap(self, kept: Path) -> str:
        """Both names change in one transaction."""
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with self._connect("postgres") as server, server.transaction():
            server.execute(rename.format(sql.Identifier(self.name), sql.Identifier(self.old)))
            server.execute(rename.format(sql.Identifier(self.fresh), sql.Identifier(self.name)))
        return f"{kept}, {self.old}"

    def _fill(self) -> None:
        command = [snapshot.program("pg_restore"), "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"]
        command += [f"--dbname={self.fresh}", str(self.dump)]
        done = subprocess.run(command, env=snapshot.address(self.fresh), capture_output=True, text=True)
        if done.returncode:
            raise Refused(_("PostgreSQL could not take the backup: %(said)s") % {"said": done.stderr.strip()})

    def _refuse_if_open(self) -> None:
        with self._connect("postgres") as server:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            row = server.execute(asked, [self.name]).fetchone()
        if row and row[0]:
            said = _("The server is running. Stop it first (sudo systemctl stop benhoc), restore, start it again.")
            raise Refused(said)

    def _run(self, statement: sql.Composed) -> None:
        try:
            with self._connect("postgres") as server:
                server.execute(statement)
        except psycopg.errors.InsufficientPrivilege as error:
            said = _("PostgreSQL's user may not create databases. Allow it once: ALTER ROLE %(user)s CREATEDB")
            raise Refused(said % {"user": connection.settings_dict["USER"]}) from error

    def _connect(self, database: str) -> "psycopg.Connection[tuple[Any, ...]]":
        given = connection.settings_dict
        return psycopg.connect(
            dbname=database, user=given["USER"] or None, password=given["PASSWORD"] or None,
            host=given["HOST"] or None, port=given["PORT"] or None, autocommit=True,
        )  # fmt: skip
