"""What becomes of a person's learning when the person is erased or turns out to be two accounts."""

from lms.learning.models import Completion, Progress


def erase(member_id: int) -> None:
    """How far she was in what goes away; what she completed stays in the totals, joined to no name any more."""
    Progress.objects.filter(member_id=member_id).delete()


def merge(kept_id: int, dropped_id: int) -> None:
    """Everything to the kept account; of what both have done, the earlier completion stays."""
    kept = {row.activity_id: row for row in Completion.objects.filter(member_id=kept_id)}
    for row in Completion.objects.filter(member_id=dropped_id):
        other = kept.get(row.activity_id)
        if other is None or row.completed_at < other.completed_at:
            if other is not None:
                other.delete()
            row.member_id = kept_id
            row.save(update_fields=["member"])
        else:
            row.delete()
    begun = Progress.objects.filter(member_id=kept_id).values_list("activity_id", flat=True)
    Progress.objects.filter(member_id=dropped_id, activity_id__in=list(begun)).delete()
    Progress.objects.filter(member_id=dropped_id).update(member_id=kept_id)
