"""What the cms keeps of a person: shown, erased, moved to the account that is kept."""

from typing import Any

from cms.models import CheckAnswer


def personal_data(member_id: int) -> list[dict[str, Any]]:
    rows = CheckAnswer.objects.filter(member_id=member_id).order_by("answered_at")
    return [dict(row) for row in rows.values("lesson_key", "block_id", "is_right", "tries", "answered_at")]


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
