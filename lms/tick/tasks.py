"""What the house itself does by the clock, and how /readyz and /metrics learn of the worker."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from lms.tick import actions
from lms.tick.queries import alive_workers, work_of_the_house
from lms.web import figures, health
from lms.web.later import every

KEPT = timedelta(days=7)


@every("tick.publish_scheduled", seconds=60)
def publish_scheduled(_now: datetime) -> None:
    """Pages whose hour of publication or expiry has come."""
    call_command("publish_scheduled", verbosity=0)


@every("tick.reap", seconds=3)
def reap(now: datetime) -> None:
    """A worker is dead when it was silent for its life; what it began meanwhile waits for that as well."""
    silent = now - timedelta(seconds=settings.WORKER_LIFE)
    actions.reap(alive=alive_workers(since=silent), before=silent)


@every("tick.prune", seconds=3600)
def prune(now: datetime) -> None:
    actions.prune(before=now - KEPT)


@health.check("worker", needed=False)
def worker_lives() -> str:
    """Pages and answers do without a worker for a while; rounds and attempts would not be closed."""
    work = work_of_the_house()
    figures.tasks_waiting.set(work.waiting)
    figures.tasks_failed.set(work.failed)
    if work.seen_at is None:
        return "no worker has ever given a sign of life"
    age = (timezone.now() - work.seen_at).total_seconds()
    figures.worker_age.set(age)
    return "" if age < 2 * settings.WORKER_LIFE else f"the worker has been silent for {age:.0f} s"
