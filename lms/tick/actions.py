"""Care for the stored tasks: what a crash left half-done is taken up again, what is long done is dropped."""

from datetime import datetime

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

TRIES = 3


def reap(*, before: datetime) -> int:
    """Make tasks ready again that were begun before `before` and never ended; after three tries they have failed."""
    with transaction.atomic():
        stuck = list(DBTaskResult.objects.running().filter(started_at__lt=before).select_for_update())
        for row in stuck:
            row.status = TaskResultStatus.READY if len(row.worker_ids) < TRIES else TaskResultStatus.FAILED
        DBTaskResult.objects.bulk_update(stuck, ["status"])
    return len(stuck)


def prune(*, before: datetime) -> int:
    """Drop tasks that ended well before `before`. Failed ones stay until somebody has looked."""
    dropped, _ = DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()
    return int(dropped)
