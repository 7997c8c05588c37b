"""The door to an attempt, and its paper as its entrant may see it: never a key, never an explanation."""

from dataclasses import dataclass

from django.http import Http404

from lms.people.models import Member
from quizzes.models import Answer, Attempt, QuestionKind, QuestionVersion

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def attempt_for(member: Member, attempt_id: int) -> Attempt:
    """The member's own attempt, with its round and contest; 404 for everybody else's."""
    attempt = Attempt.objects.select_related("round__contest").filter(pk=attempt_id, member=member).first()
    if attempt is None:
        raise Http404("no such attempt of this member")
    return attempt


@dataclass(frozen=True)
class ShownOption:
    id: str
    letter: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class ShownQuestion:
    place: int
    stem: str
    many: bool  # several options may be chosen
    options: tuple[ShownOption, ...]
    seq: int  # of the saved answer; 0 = none

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def answered(self) -> bool:
        return any(option.chosen for option in self.options)

    @property
    def input(self) -> str:
        return "checkbox" if self.many else "radio"

    @property
    def look(self) -> str:
        return " many" if self.many else ""


@dataclass(frozen=True)
class ShownPaper:
    questions: tuple[ShownQuestion, ...]
    resume_at: int  # number of the question where the entrant goes on

    @property
    def answered(self) -> int:
        return sum(question.answered for question in self.questions)

    @property
    def unanswered(self) -> list[ShownQuestion]:
        return [question for question in self.questions if not question.answered]


def paper_of(attempt: Attempt) -> ShownPaper:
    """Questions and options in their drawn order, with what is saved. Two queries."""
    versions = QuestionVersion.objects.filter(pk__in=[one["version"] for one in attempt.paper])
    texts = {version.pk: version for version in versions.only("kind", "stem", "options")}
    answers = {answer.place: answer for answer in attempt.answers.only("place", "given", "seq", "arrived_at")}
    questions = tuple(
        _shown(place, texts[one["version"]], one["options"], answers.get(place))
        for place, one in enumerate(attempt.paper)
    )
    return ShownPaper(questions, _resume_at(questions, list(answers.values())))


def _shown(place: int, version: QuestionVersion, order: list[str], answer: Answer | None) -> ShownQuestion:
    texts = {option["id"]: option["text"] for option in version.options}
    given = answer.given if answer else []
    options = tuple(ShownOption(id, letter, texts[id], id in given) for letter, id in zip(LETTERS, order, strict=False))
    many = version.kind == QuestionKind.MULTIPLE
    return ShownQuestion(place, version.stem, many, options, answer.seq if answer else 0)


def _resume_at(questions: tuple[ShownQuestion, ...], answers: list[Answer]) -> int:
    """The first question without an answer after the one answered last; from the start if there is none; else that."""
    last = max(answers, key=lambda answer: (answer.arrived_at, answer.place)).place if answers else -1
    ahead = [*questions[last + 1 :], *questions[: last + 1]]
    return next((question.number for question in ahead if not question.answered), last + 1)
