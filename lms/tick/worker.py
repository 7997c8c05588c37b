"""Runs the stored tasks of the queue, oldest first, within this process."""

import logging
from typing import Any
from uuid import UUID

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from lms.tick.queries import still_mine

log = logging.getLogger(__name__)


class _Worker(Worker):
    """The library's, knowing which task it runs."""

    task_id: UUID | None = None

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        self.task_id = db_task_result.pk
        try:
            super().run_task(db_task_result)
        finally:
            self.task_id = None


class Drain:
    """`stop()` lets the task under way finish and begins no other. `name` must be this process's alone."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.worker = _Worker(
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

    def has_lost_its_task(self) -> bool:
        """Whether the task under way was taken for a dead worker's."""
        task_id = self.worker.task_id
        return task_id is not None and not still_mine(task_id, self.name)
