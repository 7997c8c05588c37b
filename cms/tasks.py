"""What the cms does by the clock and after publishing."""

from datetime import datetime

from django.utils import timezone

from cms.actions import sync_roles
from cms.actions.pictures import draw_sizes
from lms.web.later import every, task


@every("cms.sync_roles", seconds=300)
def sync_roles_of_today(now: datetime) -> None:
    """Posts begin and end by date: groups follow without anybody's doing."""
    sync_roles(today=timezone.localdate(now))


@task("cms.draw_sizes")
def draw_sizes_of(page_id: int) -> None:
    draw_sizes(page_id)
