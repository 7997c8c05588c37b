"""What the clock does for people: used-up tries and old requests don't pile up."""

from datetime import datetime

from lms.people.actions.join import drop_old_requests
from lms.people.actions.tries import drop_old
from lms.web.later import every


@every("people.drop_old_tries", seconds=3600)
def drop_old_tries(now: datetime) -> None:
    drop_old(now)


@every("people.drop_old_requests", seconds=3600)
def forget_old_requests(now: datetime) -> None:
    drop_old_requests(now)
