"""A reader answers a self-check question."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cms.engine.question import Question
from cms.models import CheckAnswer, LessonPage
from lms.learning.actions import mark_check_passed
from lms.learning.models import Activity
from lms.people.models import Member


class CheckRefused(Exception):
    """An answer that can't be taken; its text is for the reader."""


@dataclass(frozen=True)
class Outcome:
    question: Question
    is_right: bool
    passed: bool  # every question of the lesson is answered rightly now


def answer_check(member: Member, lesson: LessonPage, *, block_id: str, option_id: str, now: datetime) -> Outcome:
    """Keep the answer. A right answer once given stays right; when all are right, the lesson's check is passed."""
    questions = lesson.questions()
    question = questions.get(block_id)
    if question is None:
        raise CheckRefused(_("This question is no longer part of the lesson. Reload the page and answer again."))
    if not question.knows(option_id):
        raise CheckRefused(_("Choose one of the answers, then press “Check”."))
    is_right = question.is_right(option_id)
    with transaction.atomic():
        _keep(member, lesson, block_id, option_id, is_right=is_right, now=now)
        passed = _all_right(member, lesson, questions)
        activity = Activity.objects.filter(key=lesson.activity_key, is_open=True).first() if passed else None
        if activity:
            mark_check_passed(member, activity, now=now)
    return Outcome(question, is_right, passed)


def _keep(member: Member, lesson: LessonPage, block_id: str, option_id: str, *, is_right: bool, now: datetime) -> None:
    answer, made = CheckAnswer.objects.select_for_update().get_or_create(
        member=member,
        lesson_key=lesson.activity_key,
        block_id=block_id,
        defaults={"option_id": option_id, "is_right": is_right, "answered_at": now},
    )
    if made or answer.is_right:
        return
    answer.option_id, answer.is_right, answer.answered_at = option_id, is_right, now
    answer.tries = min(answer.tries + 1, 32_000)
    answer.save(update_fields=["option_id", "is_right", "answered_at", "tries"])


def _all_right(member: Member, lesson: LessonPage, questions: dict[str, Question]) -> bool:
    right = CheckAnswer.objects.filter(member=member, lesson_key=lesson.activity_key, is_right=True)
    return questions.keys() <= set(right.values_list("block_id", flat=True))
