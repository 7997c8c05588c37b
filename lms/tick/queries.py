"""How the worker and its tasks stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.tick.models import WORKER, Lease


@dataclass(frozen=True)
class Work:
    seen_at: datetime | None  # the last sign of life of any worker
    waiting: int
    failed: int


def alive_workers(*, since: datetime) -> set[str]:
    """Names of the workers that gave a sign of life after `since`."""
    return set(Lease.objects.filter(name__startswith=WORKER, renewed_at__gt=since).values_list("holder", flat=True))


def still_mine(task_id: UUID, worker: str) -> bool:
    """False once another may run the task that `worker` has begun."""
    row = DBTaskResult.objects.filter(pk=task_id).only("status", "worker_ids").first()
    return row is None or (row.status != TaskResultStatus.READY and row.worker_ids[-1:] == [worker])


def work_of_the_house() -> Work:
    seen = Lease.objects.filter(name__startswith=WORKER).aggregate(last=Max("renewed_at"))["last"]
    return Work(seen, DBTaskResult.objects.ready().count(), DBTaskResult.objects.failed().count())
