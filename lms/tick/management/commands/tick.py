"""`manage.py tick`: keeps the clock and runs the stored tasks, as the worker of a production installation."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lms.tick.clock import Clock
from lms.tick.threads import Threads
from lms.tick.worker import Drain
from lms.web import later


class Command(BaseCommand):
    help = "Call what is due by the clock and run the stored tasks, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything once and end")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["once"]:
            Clock(later.beats.values()).run_due()
            Drain("once").run_ready()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        threads = Threads()
        threads.start()
        stop.wait()
        threads.stop()
