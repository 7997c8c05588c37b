"""What contests do by the clock."""

from datetime import datetime, timedelta

from lms.web.later import every
from quizzes.actions.attempts import close_expired
from quizzes.actions.outages import note_sign_of_life

ON_THE_WAY = timedelta(seconds=2)  # what arrived in the last moment of the grace is committed by then


@every("quizzes.close_expired", seconds=2)
def close_what_is_over(now: datetime) -> None:
    """Attempts that their members left, and rounds whose hour has come."""
    close_expired(now=now - ON_THE_WAY)


@every("quizzes.sign_of_life", seconds=5)
def say_that_we_live(now: datetime) -> None:
    """By these signs an organiser is shown from when to when the service was silent."""
    note_sign_of_life(now)
