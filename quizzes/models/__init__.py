from quizzes.models.attempt import Answer, Attempt, Incident, LateAnswer
from quizzes.models.bank import Question, QuestionKind, QuestionState, QuestionVersion
from quizzes.models.contest import Contest, ContestState, PoolEntry, Round

__all__ = [
    "Answer",
    "Attempt",
    "Contest",
    "ContestState",
    "Incident",
    "LateAnswer",
    "PoolEntry",
    "Question",
    "QuestionKind",
    "QuestionState",
    "QuestionVersion",
    "Round",
]
