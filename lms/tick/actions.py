"""Leases, and care for the stored tasks: what a dead worker left is taken up again, what is long done is dropped."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.tick.models import CLOCK, WORKER, Lease

TRIES = 3


def give_sign(holder: str, *, now: datetime, expired: datetime) -> bool:
    """Say that the worker `holder` lives. True if it keeps the clock: it did before, or nobody has since `expired`."""
    with transaction.atomic():
        _take(WORKER + holder, holder, now, expired)
        return _take(CLOCK, holder, now, expired)


def _take(name: str, holder: str, now: datetime, expired: datetime) -> bool:
    held = Lease.objects.filter(name=name)
    if held.filter(holder=holder).update(renewed_at=now):
        return True
    if held.filter(renewed_at__lte=expired).update(holder=holder, renewed_at=now):
        return True
    Lease.objects.bulk_create([Lease(name=name, holder=holder, renewed_at=now)], ignore_conflicts=True)
    return held.filter(holder=holder).exists()


def give_leases_back(holder: str) -> None:
    """Who ends in good order leaves nothing that others have to wait for."""
    Lease.objects.filter(holder=holder).delete()


def reap(*, alive: Collection[str], before: datetime) -> int:
    """Make ready again what runs with nobody of `alive`, if begun before `before`; after three tries it has failed."""
    running = DBTaskResult.objects.running().filter(started_at__lte=before)
    if all(row.worker_ids[-1] in alive for row in running):  # a read: the lock on writing is for when there is need
        return 0
    with transaction.atomic():
        left = [row for row in running.select_for_update() if row.worker_ids[-1] not in alive]
        for row in left:
            row.status = TaskResultStatus.READY if len(row.worker_ids) < TRIES else TaskResultStatus.FAILED
        DBTaskResult.objects.bulk_update(left, ["status"])
    return len(left)


def prune(*, before: datetime) -> int:
    """Drop tasks that ended well before `before`, and the leases of dead workers. Failed tasks stay to be looked at."""
    Lease.objects.filter(renewed_at__lt=before).delete()
    dropped, _ = DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()
    return int(dropped)
