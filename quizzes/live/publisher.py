"""The one door through which actions tell the boards what happened. After commit, and never in the write's way.

Boards of this process are told at once. For other processes a thread sends over Redis or Valkey what has gathered while
the last message was on its way: one command a batch. Messages are numbered, so that who misses one knows it.
"""

import atexit
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from threading import Lock, Thread

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from redis import Redis, RedisError

from quizzes.live.protocol import Batch, Delta, encode_batch

Listener = Callable[[Sequence[Delta]], None]

AT_ONCE = 500  # deltas in one message
MOST_WAITING = 50_000  # more than that is lost to the other processes until they look at the database
REST_AFTER_FAILURE = 5.0  # seconds without a try when Redis didn't answer: the boards then follow the database

_log = logging.getLogger(__name__)
_listeners: list[Listener] = []


def announce(delta: Delta) -> None:
    """Tell every board of `delta` once the present transaction is committed; nothing if it is rolled back."""
    transaction.on_commit(lambda: _send(delta), robust=True)


def listen(listener: Listener) -> None:
    """Have `listener` called, in the committing thread, for every delta of this process."""
    if listener not in _listeners:
        _listeners.append(listener)


def channel() -> str:
    """This installation's own: Redis hands messages to every database number alike."""
    return f"benhoc:boards:{salted_hmac('quizzes.live', connection.settings_dict['NAME']).hexdigest()[:12]}"


class Publisher:
    """Deltas of this process on their way to all others."""

    def __init__(self, url: str, channel: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=0.25, socket_connect_timeout=0.25)
        self._channel = channel
        self._waiting: deque[Delta] = deque(maxlen=MOST_WAITING)
        self._lock = Lock()  # held by whoever is to start or end the thread
        self._thread: Thread | None = None
        self.number = 0  # of the last message
        self._name = secrets.token_hex(4)  # a process that starts again is another one
        self._rest_until = 0.0

    def send(self, delta: Delta) -> None:
        """Returns at once, whatever Redis does."""
        self._waiting.append(delta)
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._send_all, name="boards-out", daemon=True)
                self._thread.start()

    def flush(self, seconds: float = 1.0) -> None:
        """Wait until all is sent, or the time is over."""
        thread = self._thread
        if thread:
            thread.join(seconds)

    def _send_all(self) -> None:
        while True:
            deltas = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
            if deltas:
                self._publish(deltas)
                continue
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return

    def _publish(self, deltas: list[Delta]) -> None:
        """A number is used up also where nothing was sent: the others shall see the gap."""
        self.number += 1
        if time.monotonic() < self._rest_until:
            return
        try:
            self._redis.publish(self._channel, encode_batch(Batch(self._name, self.number, deltas)))
        except RedisError:
            self._rest_until = time.monotonic() + REST_AFTER_FAILURE
            _log.warning("Redis does not answer; boards of other processes follow the database for now")


def _send(delta: Delta) -> None:
    for listener in _listeners:
        try:
            listener([delta])
        except Exception:
            _log.exception("a board did not take %s", delta)
    if settings.REDIS_URL:
        _publisher(settings.REDIS_URL, channel()).send(delta)


@cache
def _publisher(url: str, name: str) -> Publisher:
    made = Publisher(url, name)
    atexit.register(made.flush)
    return made
