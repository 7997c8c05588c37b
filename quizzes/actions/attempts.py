"""Everything that changes an attempt, one verb each."""

from quizzes.actions.answers import Given, ImpossibleAnswer, Saved, save_answers
from quizzes.actions.ending import close_expired, end_if_over, hand_in, submit_attempt
from quizzes.actions.incidents import report_incident
from quizzes.actions.refusal import Refused
from quizzes.actions.starting import Started, start_attempt

__all__ = [
    "Given",
    "ImpossibleAnswer",
    "Refused",
    "Saved",
    "Started",
    "close_expired",
    "end_if_over",
    "hand_in",
    "report_incident",
    "save_answers",
    "start_attempt",
    "submit_attempt",
]
