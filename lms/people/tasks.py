"""What the clock does for people: used-up tries and codes don't pile up."""

from datetime import datetime

from lms.people.actions.tries import drop_old
from lms.web.later import every


@every("people.drop_old_tries", seconds=3600)
def drop_old_tries(now: datetime) -> None:
    drop_old(now)
