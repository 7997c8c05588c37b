"""What came of an attempt: its score as the rules show it, and the right answers once they may be known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from lms.people.models import Member
from quizzes.engine.rules import Rules
from quizzes.models import Attempt, LateAnswer, PoolEntry, QuestionVersion, Round
from quizzes.queries.attempts import LETTERS
from quizzes.queries.cards import score_is_shown


@dataclass(frozen=True)
class Outcome:
    """An ended attempt for its entrant. `score` is None until the rules show it."""

    attempt: Attempt
    rules: Rules
    score: Decimal | None
    late: list[LateAnswer]
    reports: int
    review_is_open: bool
    review_comes: bool

    @property
    def questions(self) -> int:
        return len(self.attempt.paper)

    @property
    def missing(self) -> int:
        return self.questions - self.attempt.answered

    @property
    def review_at(self) -> datetime:
        return self.rules.closes_at

    @property
    def by_server(self) -> bool:
        return self.attempt.closed_by == "server"


def outcome_of(attempt: Attempt, rules: Rules, now: datetime) -> Outcome:
    """Two queries; one more for a contest of several rounds."""
    one = attempt.round
    return Outcome(
        attempt=attempt,
        rules=rules,
        score=attempt.score if score_is_shown(rules, one, now) else None,
        late=list(attempt.late_answers.order_by("arrived_at")),
        reports=attempt.incidents.count(),
        review_is_open=review_is_open(rules, one, now),
        review_comes=rules.review == "after_round",
    )


def review_is_open(rules: Rules, one: Round, now: datetime) -> bool:
    """Whether keys and explanations may be shown: the rules say so, and the server has closed every round.

    All rounds of a contest draw from one pool: the keys of an early one are those of the later ones.
    """
    if rules.review != "after_round" or one.closed_at is None or one.closed_at > now:
        return False
    return len(rules.rounds) == 1 or not Round.objects.filter(contest=one.contest_id, closed_at__isnull=True).exists()


@dataclass(frozen=True)
class ReviewedOption:
    letter: str
    text: str
    right: bool
    chosen: bool


@dataclass(frozen=True)
class ReviewedQuestion:
    number: int
    stem: str
    options: tuple[ReviewedOption, ...]
    points: Decimal
    explanation: str
    source: str
    withheld: bool = False  # another contest that is not over asks it too: no key, no points yet

    @property
    def answered(self) -> bool:
        return any(option.chosen for option in self.options)

    @property
    def is_right(self) -> bool:
        return self.answered and all(option.chosen == option.right for option in self.options)


def review_of(attempt: Attempt) -> list[ReviewedQuestion]:
    """The paper with keys and explanations, but for what a running contest still asks.

    Ask `review_is_open` first. Three queries.
    """
    versions = QuestionVersion.objects.in_bulk([one["version"] for one in attempt.paper])
    answers = {answer.place: answer for answer in attempt.answers.all()}
    asked = _still_asked(version.question_id for version in versions.values())
    reviewed = []
    for place, one in enumerate(attempt.paper):
        version, answer = versions[one["version"]], answers.get(place)
        given = answer.given if answer else []
        withheld = version.question_id in asked
        key = [] if withheld else version.key
        texts = {option["id"]: option["text"] for option in version.options}
        reviewed.append(
            ReviewedQuestion(
                number=place + 1,
                stem=version.stem,
                options=tuple(
                    ReviewedOption(LETTERS[at], texts[id], id in key, id in given)
                    for at, id in enumerate(one["options"])
                ),
                points=answer.points if answer and not withheld else Decimal(0),
                explanation="" if withheld else version.explanation,
                source="" if withheld else version.source,
                withheld=withheld,
            )
        )
    return reviewed


def _still_asked(question_ids: Iterable[int]) -> set[int]:
    """Those of the questions, in whatever version, that a contest with an unfinished round may draw."""
    running = PoolEntry.objects.filter(contest__rounds__closed_at__isnull=True)
    asked = running.filter(version__question_id__in=set(question_ids))
    return set(asked.values_list("version__question_id", flat=True))


def attempts_by(member: Member) -> QuerySet[Attempt]:
    """Everything that `member` ever entered, newest first."""
    return (
        Attempt.objects.filter(member=member)
        .select_related("round__contest")
        .defer("paper", "round__contest__summary")
        .order_by("-started_at")
    )
