"""The door to an attempt, and its paper as its entrant may see it: never a key, never an explanation."""

from collections.abc import Iterable
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


def own_attempt(member: Member, attempt_id: int) -> Attempt:
    """The same with its number and end alone, for an action that reads it anew under its lock."""
    attempt = Attempt.objects.only("pk", "deadline_at").filter(pk=attempt_id, member=member).first()
    if attempt is None:
        raise Http404("no such attempt of this member")
    return attempt


@dataclass(frozen=True)
class Text:
    """What a question says, without its key."""

    stem: str
    many: bool
    options: dict[str, str]


_MOST_TEXTS = 5000
_texts: dict[int, Text] = {}


def _texts_of(version_ids: Iterable[int]) -> dict[int, Text]:
    """A published version is never edited, so what it says is remembered. At most one query."""
    wanted = set(version_ids)
    missing = [pk for pk in wanted if pk not in _texts]
    if missing:
        if len(_texts) > _MOST_TEXTS:
            _texts.clear()
            missing = list(wanted)
        for version in QuestionVersion.objects.filter(pk__in=missing).only("kind", "stem", "options"):
            options = {option["id"]: option["text"] for option in version.options}
            _texts[version.pk] = Text(version.stem, version.kind == QuestionKind.MULTIPLE, options)
    return {pk: _texts[pk] for pk in wanted}


def forget_texts() -> None:
    """Drop what is remembered: tests use the same ids for other questions."""
    _texts.clear()


@dataclass(frozen=True, slots=True)
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
    """Questions and options in their drawn order, with what is saved. One query, or two."""
    texts = _texts_of(one["version"] for one in attempt.paper)
    answers = {answer.place: answer for answer in attempt.answers.only("place", "given", "seq", "arrived_at")}
    questions = tuple(
        _shown(place, texts[one["version"]], one["options"], answers.get(place))
        for place, one in enumerate(attempt.paper)
    )
    return ShownPaper(questions, _resume_at(questions, list(answers.values())))


def _shown(place: int, text: Text, order: list[str], answer: Answer | None) -> ShownQuestion:
    given = answer.given if answer else []
    options = tuple(
        ShownOption(id, letter, text.options[id], id in given) for letter, id in zip(LETTERS, order, strict=False)
    )
    return ShownQuestion(place, text.stem, text.many, options, answer.seq if answer else 0)


def _resume_at(questions: tuple[ShownQuestion, ...], answers: list[Answer]) -> int:
    """The first question without an answer after the one answered last; from the start if there is none; else that."""
    last = max(answers, key=lambda answer: (answer.arrived_at, answer.place)).place if answers else -1
    ahead = [*questions[last + 1 :], *questions[: last + 1]]
    return next((question.number for question in ahead if not question.answered), last + 1)
