"""The two threads of the embedded form: one keeps the clock, one runs the tasks. The lifespan starts and joins them."""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from lms.tick.clock import Clock
from lms.tick.worker import Drain
from lms.web import later

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds between two looks for tasks that another process stored


class Threads:
    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.drain = Drain("embedded")
        self.threads = [
            threading.Thread(target=self._closing(self._keep_time), name="clock", daemon=True),
            threading.Thread(target=self._closing(self._run_tasks), name="tasks", daemon=True),
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self, timeout: float = 20) -> None:
        """Ask both to end and wait; a task under way is finished."""
        self.stopping.set()
        self.drain.stop()
        later.wanted.set()
        for thread in self.threads:
            thread.join(timeout)
            if thread.is_alive():
                log.warning("thread %s did not end within %s s", thread.name, timeout)

    def _keep_time(self) -> None:
        clock = Clock(later.beats.values())
        while not self.stopping.is_set():
            clock.run_due()
            self.stopping.wait(clock.seconds_to_next())

    def _run_tasks(self) -> None:
        while not self.stopping.is_set():
            later.wanted.clear()
            self.drain.run_ready()
            later.wanted.wait(LOOK_EVERY)

    def _closing(self, target: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                target()
            finally:
                connections.close_all()

        return run
