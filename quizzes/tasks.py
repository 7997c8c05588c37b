"""What contests do by the clock."""

from datetime import datetime, timedelta

from lms.web.later import every
from quizzes.actions.attempts import close_expired

ON_THE_WAY = timedelta(seconds=2)  # what arrived in the last moment of the grace is committed by then


@every("quizzes.close_expired", seconds=2)
def close_what_is_over(now: datetime) -> None:
    """Attempts that their members left, and rounds whose hour has come."""
    close_expired(now=now - ON_THE_WAY)
