"""`manage.py tick`: the worker of a production installation. Any number may run; one of them keeps the clock."""

import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lms.tick.threads import Threads

LOST = 75  # the exit status after which the supervisor starts it anew: EX_TEMPFAIL


class Command(BaseCommand):
    help = "Call what is due by the clock and run the stored tasks, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything once and end")
        parser.add_argument("--patience", type=float, default=20, help="seconds that a task under way has to end (20)")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["once"]:
            Threads().run_once()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        threads = Threads(on_loss=lambda: os._exit(LOST))  # at once: two must never run one task
        threads.start()
        stop.wait()
        threads.stop(options["patience"])
