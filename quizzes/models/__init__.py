from quizzes.models.attempt import Answer, Attempt, Incident, LateAnswer
from quizzes.models.bank import Question, QuestionKind, QuestionState, QuestionVersion
from quizzes.models.contest import Contest, ContestState, PoolEntry, Round
from quizzes.models.outage import Outage, Silence

__all__ = [
    "Answer",
    "Attempt",
    "Contest",
    "ContestState",
    "Incident",
    "LateAnswer",
    "Outage",
    "PoolEntry",
    "Question",
    "QuestionKind",
    "QuestionState",
    "QuestionVersion",
    "Round",
    "Silence",
]
