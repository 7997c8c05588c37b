"""The clock: calls each registered function when it is due, one after the other."""

import logging
import time
from collections.abc import Callable, Iterable

from django.db import close_old_connections
from django.utils import timezone

from lms.web import logs
from lms.web.later import Beat

log = logging.getLogger(__name__)


class Clock:
    """`due` is kept in seconds of a monotonic clock, so that setting the machine's clock skips and doubles nothing."""

    def __init__(self, beats: Iterable[Beat]) -> None:
        self.beats = list(beats)
        self.due = {beat.name: 0.0 for beat in self.beats}

    def run_due(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Run what is due now, while `goes_on`. A function that fails is logged and called again at its next time."""
        for beat in self.beats:
            if time.monotonic() >= self.due[beat.name] and goes_on():
                self._run(beat)
                self.due[beat.name] = time.monotonic() + beat.seconds

    def seconds_to_next(self) -> float:
        return max(0.0, min(self.due.values(), default=1.0) - time.monotonic())

    def _run(self, beat: Beat) -> None:
        close_old_connections()
        try:
            with logs.under(f"clock:{beat.name}"):
                beat.function(timezone.now())
        except Exception:
            log.exception("periodic function %s failed", beat.name)
        finally:
            close_old_connections()
