"""Learning's promises for the rows it keeps of people and units."""

from typing import Any

from django.utils.translation import gettext as _

from lms.learning.actions.people import erase, merge
from lms.learning.models import Completion, Progress
from lms.people.registry import Keeper, registry


def register() -> None:
    models = ("learning.Completion", "learning.Progress")
    registry.register("learning", Keeper(models, personal_data, erase, merge, unit_consequences))


def personal_data(member_id: int) -> list[dict[str, Any]]:
    done = Completion.objects.filter(member_id=member_id).select_related("activity").order_by("completed_at")
    begun = Progress.objects.filter(member_id=member_id).select_related("activity").order_by("touched_at")
    return [{_("Completed"): row.activity.title, _("At"): row.completed_at} for row in done] + [
        {_("Last opened"): row.activity.title, _("At"): row.touched_at} for row in begun
    ]


def unit_consequences(unit_id: int) -> dict[str, int]:
    return {"completions": Completion.objects.filter(unit_id=unit_id).count()}
