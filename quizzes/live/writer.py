"""Group commit: what gathers while the last commit is in flight goes out as one transaction, in a thread of its own.

There is no timer: an answer that comes alone is committed alone and at once, a thousand that come together share a
commit. Each sender hears only after the commit.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections

from lms.web import figures
from quizzes.actions.answers import Arrival, Outcome, Saved, save_arrivals

AT_ONCE = 500  # answers in one transaction
PATIENCE = 10.0  # seconds that an answer waits for a database that is away or an attempt that is locked
REST = 0.25  # seconds between two tries to reach the database
GLANCE = 0.02  # seconds until an attempt that was locked is looked at again
log = logging.getLogger(__name__)


class NotNow(Exception):
    """Not saved, and nobody's fault: to be sent again."""


@dataclass
class Parcel:
    """`tell` is called once, in the writer's thread, with what became of the answers."""

    arrival: Arrival
    tell: Callable[[Outcome | NotNow], None]
    since: float  # time.monotonic() of its arrival
    told: bool = False

    @property
    def size(self) -> int:
        return max(1, len(self.arrival.given))


class Writer:
    """One thread with one lasting connection. `deliver` is called after each batch has told its senders."""

    def __init__(self, deliver: Callable[[], None] = lambda: None) -> None:
        self.deliver = deliver
        self.inbox: SimpleQueue[Parcel] = SimpleQueue()
        self.aside: list[Parcel] = []  # of attempts that were locked
        self.waiting = 0  # answers taken in and not yet told about
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, parcel: Parcel) -> None:
        with self._lock:
            self.waiting += parcel.size
            if self._thread is None:
                self._thread = Thread(target=self._run, name="intake", daemon=True)
                self._thread.start()
        self.inbox.put(parcel)

    def _run(self) -> None:
        use_own_connection()
        while True:
            batch = self._gather()
            try:
                self._commit(batch)
            except Exception:  # whatever happens, the thread that everybody waits for goes on
                log.exception("a batch of answers failed")
                self._tell_all(batch, NotNow())
            self.deliver()
            figures.intake_waiting.set(self.waiting)

    def _gather(self) -> list[Parcel]:
        """At least one parcel, and all that are there up to the size of a transaction; the locked ones once more."""
        batch, self.aside = self.aside, []
        size = sum(parcel.size for parcel in batch)
        try:
            first = self.inbox.get(timeout=GLANCE if batch else None)
            while True:
                batch.append(first)
                size += first.size
                if size >= AT_ONCE:
                    return batch
                first = self.inbox.get_nowait()
        except Empty:
            return batch

    def _commit(self, batch: Sequence[Parcel]) -> None:
        while batch:
            try:
                self._save(batch)
            except (DatabaseError, InterfaceError) as error:
                if not _is_away(error):
                    return self._commit_in_halves(batch, error)
                connection.close()
                batch = self._still_patient(batch)
                time.sleep(REST if batch else 0)
            except Exception as error:
                return self._commit_in_halves(batch, error)
            else:
                return None
        return None

    def _commit_in_halves(self, batch: Sequence[Parcel], error: Exception) -> None:
        """So that only the guilty one fails."""
        if len(batch) == 1:
            log.error("answers of attempt %s can't be saved", batch[0].arrival.attempt_id, exc_info=error)
            figures.answers_refused.labels("failed").inc(batch[0].size)
            return self._tell_all(batch, NotNow())
        middle = len(batch) // 2
        self._commit(self._still_patient(batch[:middle]))
        return self._commit(self._still_patient(batch[middle:]))

    def _save(self, batch: Sequence[Parcel]) -> None:
        begun = time.monotonic()
        outcomes = save_arrivals([parcel.arrival for parcel in batch], wait=False)
        figures.batch_seconds.observe(time.monotonic() - begun)
        figures.batch_answers.observe(sum(parcel.size for parcel in batch))
        for parcel, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Saved) and outcome.undecided and begun - parcel.since < PATIENCE:
                self.aside.append(parcel)
            else:
                self._tell(parcel, NotNow() if isinstance(outcome, Saved) and outcome.undecided else outcome)

    def _still_patient(self, batch: Sequence[Parcel]) -> list[Parcel]:
        """Those who go on waiting for the database; the others are told to come again."""
        now = time.monotonic()
        done = [parcel for parcel in batch if now - parcel.since >= PATIENCE]
        figures.answers_refused.labels("database").inc(sum(parcel.size for parcel in done))
        self._tell_all(done, NotNow())
        self.deliver()
        return [parcel for parcel in batch if now - parcel.since < PATIENCE]

    def _tell_all(self, batch: Sequence[Parcel], outcome: NotNow) -> None:
        for parcel in batch:
            self._tell(parcel, outcome)

    def _tell(self, parcel: Parcel, outcome: Outcome | NotNow) -> None:
        if not parcel.told:
            parcel.told = True
            with self._lock:
                self.waiting -= parcel.size
            parcel.tell(outcome)


def _is_away(error: Exception) -> bool:
    """Whether the database can't be reached or can't write at all; not whether it refuses these very answers."""
    if connection.vendor == "sqlite":
        return isinstance(error, OperationalError)
    raw = connection.connection
    return isinstance(error, InterfaceError) or raw is None or bool(raw.closed)


def use_own_connection() -> None:
    """Give this thread a lasting connection outside the pool of the pages, which notices a vanished server."""
    settings = dict(connection.settings_dict)
    if connection.vendor == "postgresql":
        options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
        server = f"{options.get('options', '')} -c lock_timeout=3s -c plan_cache_mode=force_generic_plan"
        settings["OPTIONS"] = {"application_name": "benhoc intake", "connect_timeout": 5, "tcp_user_timeout": 10_000}
        settings["OPTIONS"] |= options | {"options": server.strip()}
    connections["default"] = type(connections["default"])(settings, "default")
