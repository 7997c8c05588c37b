from quizzes.queries.cards import ContestCard
from quizzes.queries.contests import card_for, contest_for, contests_for, contests_open_for, organised_contest_for

__all__ = ["ContestCard", "card_for", "contest_for", "contests_for", "contests_open_for", "organised_contest_for"]
