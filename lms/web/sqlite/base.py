"""Django's SQLite backend for one process with many threads: WAL, full durability, writers in a fair queue.

SQLite has one writer. Left to itself it makes the others poll, and an unresting one starves them for seconds. Here
each write transaction first takes its turn (docs/decisions/0003): BEGIN IMMEDIATE then never meets a writer of this
process, and the busy timeout is only for others (a command beside the server).
"""

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from lms.web.sqlite.lock import FairLock

PATIENCE = 30.0  # seconds in the queue before "database is locked"
BUSY_TIMEOUT = 20.0  # seconds of patience with other processes
_READS = ("SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "VALUES")
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-16000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=268435456",
)
_locks: "weakref.WeakValueDictionary[str, FairLock]" = weakref.WeakValueDictionary()


class Cursor(base.SQLiteCursorWrapper):
    """Takes its turn for a write outside a transaction as well."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        if self.wrapper.has_turn or _reads(query):
            return super().execute(query, params)
        with self.wrapper.turn():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        if self.wrapper.has_turn:
            return super().executemany(query, param_list)
        with self.wrapper.turn():
            return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_turn = False
        self.lock = FairLock()

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = {"timeout": BUSY_TIMEOUT} | super().get_connection_params()
        self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        self.lock = _locks.setdefault(str(conn_params["database"]), self.lock)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002  # Django's signature
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    @contextmanager
    def turn(self) -> Iterator[None]:
        self._take_turn()
        try:
            yield
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        if not self.lock.acquire(PATIENCE):
            raise OperationalError(f"database is locked: no turn to write within {PATIENCE:.0f} s")
        self.has_turn = True

    def _give_turn(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.lock.release()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._give_turn()  # after a failed commit Django rolls back or closes

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # not in the stubs
        self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_turn()


def _reads(query: str) -> bool:
    return query.lstrip(" \n(").upper().startswith(_READS)
