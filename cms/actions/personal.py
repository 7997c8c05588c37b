"""What the cms keeps of a person: shown, erased, moved to the account that is kept."""

from typing import Any

from django.utils.translation import gettext as _

from cms.models import CheckAnswer
from lms.learning.models import Activity, Kind


def personal_data(member_id: int) -> list[dict[str, Any]]:
    """Each answer to a self-check question, by the title of its lesson."""
    answers = CheckAnswer.objects.filter(member_id=member_id).order_by("answered_at")
    titles = dict(Activity.objects.filter(kind=Kind.LESSON).values_list("key", "title"))
    return [
        {
            _("Lesson"): titles.get(answer.lesson_key, ""),
            _("Self-check question"): _("Right") if answer.is_right else _("not right"),
            _("At"): answer.answered_at,
        }
        for answer in answers
    ]


def erase(member_id: int) -> None:
    CheckAnswer.objects.filter(member_id=member_id).delete()


def merge(kept: int, dropped: int) -> None:
    """Answers of the dropped account go over where the kept one has none."""
    known = CheckAnswer.objects.filter(member_id=kept).values_list("lesson_key", "block_id")
    taken = set(known)
    for answer in CheckAnswer.objects.filter(member_id=dropped):
        if (answer.lesson_key, answer.block_id) not in taken:
            answer.member_id = kept
            answer.save(update_fields=["member_id"])
    erase(dropped)
