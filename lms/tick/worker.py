"""Runs the stored tasks of the queue, oldest first, within this process."""

import logging

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)


class Drain:
    """`stop()` lets the task under way finish and begins no other."""

    def __init__(self, name: str) -> None:
        self.worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )

    def run_ready(self) -> None:
        """Run every task that is ready. Looking costs one read; only a claim takes the write lock."""
        close_old_connections()
        try:
            if DBTaskResult.objects.ready().exists():
                self.worker.run()
        except Exception:
            log.exception("the queue could not be read")
        finally:
            close_old_connections()

    def stop(self) -> None:
        self.worker.running = False
