"""A worker's sign of life, in a thread of its own so that no long task silences it; and who keeps the clock."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from lms.tick.actions import give_leases_back, give_sign

BEATS_IN_A_LIFE = 5  # so many signs may be late before others think it dead
log = logging.getLogger(__name__)


class Pulse:
    """`leads` says whether this process keeps the clock; of any number of processes one does."""

    def __init__(self, after_each: Callable[[], None] = lambda: None) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{token_hex(4)}"
        self.life = float(settings.WORKER_LIFE)
        self.after_each = after_each  # called after each sign of life
        self.begun = threading.Event()  # set with the first sign of life
        self._led_until = 0.0  # monotonic: a clock that cannot renew its lease stops before another begins

    @property
    def leads(self) -> bool:
        return time.monotonic() < self._led_until

    def beat_until(self, stopping: threading.Event) -> None:
        """Give signs of life until `stopping`, then give everything back."""
        while not stopping.is_set():
            self.beat()
            stopping.wait(self.life / BEATS_IN_A_LIFE)
        self._led_until = 0.0
        self.begun.set()  # who waits for it may end
        try:
            give_leases_back(self.name)
        except DatabaseError:
            log.warning("the worker's leases were not given back; they end in %s s", self.life)

    def beat(self) -> None:
        close_old_connections()
        asked, now = time.monotonic(), timezone.now()
        try:
            if give_sign(self.name, now=now, expired=now - timedelta(seconds=self.life)):
                self._led_until = asked + self.life * (BEATS_IN_A_LIFE - 1) / BEATS_IN_A_LIFE
            self.begun.set()
            self.after_each()
        except DatabaseError as error:
            log.warning("no sign of life could be given: %s", type(error).__name__)
            connection.close()
