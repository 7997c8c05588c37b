"""The worker's threads: one keeps the clock, one runs the tasks, one says that they live.

In the embedded form the lifespan of `lms.asgi` starts and joins them; in production `manage.py tick` does.
"""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from lms.tick.clock import Clock
from lms.tick.pulse import Pulse
from lms.tick.worker import Drain
from lms.web import later

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds between two looks for tasks that another process stored


class Threads:
    """`on_loss` is called when the task under way was given to another worker, because this one was silent too long."""

    def __init__(self, on_loss: Callable[[], None] = lambda: None) -> None:
        self.stopping, self.ended = threading.Event(), threading.Event()
        self.pulse = Pulse(self._check_the_task)
        self.drain = Drain(self.pulse.name)
        self.on_loss = on_loss
        self.workers = [
            threading.Thread(target=self._closing(self._keep_time), name="clock", daemon=True),
            threading.Thread(target=self._closing(self._run_tasks), name="tasks", daemon=True),
        ]
        self.life = threading.Thread(target=self._closing(self._live), name="pulse", daemon=True)

    def start(self) -> None:
        for thread in (self.life, *self.workers):
            thread.start()

    def run_once(self) -> None:
        """Call what is due and run what is ready, in this thread, alive for the others meanwhile."""
        self.pulse.beat()
        self.life.start()
        if self.pulse.leads:
            Clock(later.beats.values()).run_due()
        self.drain.run_ready()
        self.ended.set()
        self.life.join()

    def stop(self, timeout: float = 20) -> None:
        """Ask all to end and wait; a task under way is finished, and until then this worker gives signs of life."""
        self.stopping.set()
        self.drain.stop()
        later.wanted.set()
        for thread in self.workers:
            self._join(thread, timeout)
        self.ended.set()
        self._join(self.life, timeout)

    def _join(self, thread: threading.Thread, timeout: float) -> None:
        thread.join(timeout)
        if thread.is_alive():
            log.warning("thread %s did not end within %s s", thread.name, timeout)

    def _live(self) -> None:
        self.pulse.beat_until(self.ended)

    def _check_the_task(self) -> None:
        if self.drain.has_lost_its_task():
            log.error("a task was given to another worker while this one was silent")
            self.on_loss()

    def _keep_time(self) -> None:
        clock = Clock(later.beats.values())
        while not self.stopping.is_set():
            if self.pulse.leads:
                clock.run_due(goes_on=lambda: self.pulse.leads and not self.stopping.is_set())
            self.stopping.wait(min(LOOK_EVERY, clock.seconds_to_next()) if self.pulse.leads else LOOK_EVERY)

    def _run_tasks(self) -> None:
        self.pulse.begun.wait()  # who has given no sign of life would pass for dead at its first task
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
