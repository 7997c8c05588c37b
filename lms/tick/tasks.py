"""What the house itself does by the clock."""

from datetime import datetime, timedelta

from django.core.management import call_command

from lms.tick import actions
from lms.web.later import every

LIMBO = timedelta(minutes=10)
KEPT = timedelta(days=7)


@every("tick.publish_scheduled", seconds=60)
def publish_scheduled(_now: datetime) -> None:
    """Pages whose hour of publication or expiry has come."""
    call_command("publish_scheduled", verbosity=0)


@every("tick.reap", seconds=60)
def reap(now: datetime) -> None:
    actions.reap(before=now - LIMBO)


@every("tick.prune", seconds=3600)
def prune(now: datetime) -> None:
    actions.prune(before=now - KEPT)
