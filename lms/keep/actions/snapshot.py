"""A copy of the database at one moment while others write, and its rows counted. SQLite and PostgreSQL alike."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from lms.keep.actions.sentences import Refused

MEMBER = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_COPY = re.compile(rb'COPY (?:"?\w+"?\.)?"?(\w+)"? \(.*\) FROM stdin;')


def take(into: Path) -> dict[str, int]:
    """Write the database to the file `into`; the rows of each table in it."""
    return _take_sqlite(into) if connection.vendor == "sqlite" else _take_postgres(into)


def look_into(copy: Path, vendor: str) -> dict[str, int]:
    """The rows of each table of a copy, after reading all of it; Refused if it is broken."""
    return counts_of_sqlite(copy) if vendor == "sqlite" else _counts_of_dump(copy)


def size() -> int:
    """Bytes that a copy will take, about."""
    if connection.vendor == "sqlite":
        return sum(part.stat().st_size for part in _parts(Path(connection.settings_dict["NAME"])))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _parts(database: Path) -> list[Path]:
    return [path for path in (database, Path(f"{database}-wal")) if path.exists()]


# --- SQLite


def _take_sqlite(into: Path) -> dict[str, int]:
    """One read transaction: writers go on meanwhile, and none of what they write is in the copy."""
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=rw", uri=True, timeout=60)
    with closing(source), closing(sqlite3.connect(into)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # a file complete in itself
    return counts_of_sqlite(into)


def counts_of_sqlite(path: Path) -> dict[str, int]:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            if (said := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise Refused(_("The copy of the database is damaged: %(said)s") % {"said": said})
            names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            tables = [name for (name,) in names.fetchall()]
            return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608  # names of tables
    except sqlite3.DatabaseError as error:
        raise Refused(_("The copy of the database is damaged: %(said)s") % {"said": error}) from error


# --- PostgreSQL


def program(name: str) -> str:
    """The newest client program of that name; Refused if the machine has none."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise Refused(
            _("PostgreSQL's program %(name)s is missing. Install it: sudo apt install postgresql-client")
            % {"name": name}
        )
    return found


def address(database: str | None = None) -> dict[str, str]:
    """The environment that tells PostgreSQL's programs where to go: no password on a command line."""
    given: dict[str, Any] = connection.settings_dict
    known = {
        "PGHOST": given["HOST"], "PGPORT": str(given["PORT"]), "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"], "PGDATABASE": database or given["NAME"],
    }  # fmt: skip
    return os.environ | {name: value for name, value in known.items() if value}


def _take_postgres(into: Path) -> dict[str, int]:
    command = [program("pg_dump"), "--format=custom", "--compress=1", "--no-owner", "--no-acl", f"--file={into}"]
    done = subprocess.run(command, env=address(), capture_output=True, text=True)
    if done.returncode:
        raise Refused(_("PostgreSQL could not be copied: %(said)s") % {"said": done.stderr.strip()})
    return _counts_of_dump(into)


def _counts_of_dump(dump: Path) -> dict[str, int]:
    """Read the dump to its end as the text it would restore, and count the lines of each table."""
    command = [program("pg_restore"), "--file=-", str(dump)]
    counts: dict[str, int] = {}
    table = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        for line in process.stdout:
            if table and line == b"\\.\n":
                table = ""
            elif table:
                counts[table] += 1
            elif found := _COPY.match(line):
                table = found[1].decode()
                counts[table] = 0
        said = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise Refused(_("The copy of the database is damaged: %(said)s") % {"said": said})
    return counts
