"""A lesson's blocks made ready to be shown, for one reader, in a number of queries that its length doesn't change."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wagtail.rich_text import RichText, expand_db_html

from cms.blocks.choosers import files_loaded
from cms.engine.question import Question, question_of
from cms.engine.table import cells
from cms.engine.texts import joined, parted
from cms.engine.youtube import video_id, watch_address
from cms.models.checks import CheckAnswer
from cms.models.lessons import LessonPage
from quizzes.models import Contest, ContestState, Round
from quizzes.queries.cards import round_of_now, round_state

SPECS = ("width-480|format-webp", "width-1200|format-webp")
_TEXTS = ("text", "explanation", "transcript", "description")


@dataclass
class Part:
    """One block: its template reads `value`, rich text ready in `html`, and what the kind needs besides."""

    id: str
    kind: str
    value: Any
    html: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"cms/blocks/{self.kind}.html"


@dataclass(frozen=True)
class ContestNotice:
    contest: Contest
    round: Round
    state: str  # "open", "coming", "closed"


def parts_of(lesson: LessonPage, reader: Any, now: datetime) -> list[Part]:
    with files_loaded(lesson.body.raw_data, SPECS):
        parts = [Part(block.id or "", block.block_type, block.value) for block in lesson.body]
        questions = {block.id: question_of(block) for block in lesson.body if block.block_type == "question"}
    _expand_texts(parts)
    _add_answers(parts, questions, lesson, reader)
    _add_contests(parts, now)
    for part in parts:
        if part.kind in ("table", "imported_table"):
            part.extra["rows"] = cells(part.value["rows"] or "")
        if part.kind == "youtube":
            known = video_id(part.value["link"] or "") or ""
            part.extra = {"video": known, "address": watch_address(known)}
    return parts


def _expand_texts(parts: list[Part]) -> None:
    """Links to pages and documents in all texts at once."""
    found: list[tuple[Part, str, RichText]] = []
    for part in parts:
        if isinstance(part.value, RichText):
            found.append((part, "text", part.value))
        elif part.kind != "question" and hasattr(part.value, "get"):
            named = ((name, part.value.get(name)) for name in _TEXTS)
            found += [(part, name, text) for name, text in named if isinstance(text, RichText)]
    sources = joined([text.source for _, _, text in found])
    for (part, name, _), html in zip(found, parted(expand_db_html(sources)), strict=False):
        part.html[name] = html


def _add_answers(parts: list[Part], questions: dict[str, Question], lesson: LessonPage, reader: Any) -> None:
    """The reader's own answers; the explanation only after the right one."""
    given: dict[str, CheckAnswer] = {}
    if questions and reader.is_authenticated:
        rows = CheckAnswer.objects.filter(member=reader, lesson_key=lesson.activity_key)
        given = {row.block_id: row for row in rows}
    for part in parts:
        if part.kind != "question":
            continue
        question, answer = questions[part.id], given.get(part.id)
        part.value = None  # the template never sees the key
        part.extra = {
            "text": question.text,
            "options": [
                {"id": pk, "text": text, "letter": "ABCDEF"[place % 6]}
                for place, (pk, text) in enumerate(question.options)
            ],
            "chosen": answer.option_id if answer else "",
            "is_right": bool(answer and answer.is_right),
            "explanation": expand_db_html(question.explanation) if answer and answer.is_right else "",
        }


def _add_contests(parts: list[Part], now: datetime) -> None:
    wanted = {part.id: int(part.value["contest"] or 0) for part in parts if part.kind == "contest"}
    if not wanted:
        return
    known = Contest.objects.exclude(state=ContestState.DRAFT).prefetch_related("rounds").in_bulk(wanted.values())
    for part in parts:
        contest = known.get(wanted.get(part.id, 0))
        rounds = list(contest.rounds.all()) if contest else []
        if contest and rounds:
            one = round_of_now(rounds, now)
            part.extra["notice"] = ContestNotice(contest, one, round_state(one, now))
