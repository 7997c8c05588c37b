"""The one door through which actions tell the boards what happened. After commit, and never in the write's way."""

import logging
import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from redis import Redis, RedisError

from quizzes.live.protocol import Delta, encode_delta

Listener = Callable[[Delta], None]

REST_AFTER_FAILURE = 5.0  # seconds without a try when Redis didn't answer: the boards then follow the database

_log = logging.getLogger(__name__)
_listeners: list[Listener] = []
_rest_until = 0.0


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


def _send(delta: Delta) -> None:
    for listener in _listeners:
        try:
            listener(delta)
        except Exception:
            _log.exception("a board did not take %s", delta)
    if settings.REDIS_URL:
        _send_to_other_processes(delta)


def _send_to_other_processes(delta: Delta) -> None:
    global _rest_until
    if time.monotonic() < _rest_until:
        return
    try:
        _redis().publish(channel(), encode_delta(delta))
    except RedisError:
        _rest_until = time.monotonic() + REST_AFTER_FAILURE
        _log.warning("Redis does not answer; boards of other processes follow the database for now")


@cache
def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=0.25, socket_connect_timeout=0.25)
