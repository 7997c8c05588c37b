"""What coverage promises for the rows it keeps, and what it listens to so that its counts never lag behind."""

from collections.abc import Collection

from lms.coverage.actions.counting import count_completions
from lms.coverage.actions.rebuilding import rebuild_units
from lms.coverage.models import Tally
from lms.learning.models import Activity
from lms.learning.registry import listeners
from lms.people.models import Membership
from lms.people.registry import Keeper, registry
from lms.web.later import enqueue


def register() -> None:
    registry.register("coverage", Keeper(("coverage.Tally",), merge=merge, unit_consequences=unit_consequences))
    registry.roster_listeners.append(roster_changed)
    listeners.completed.append(count_completions)
    listeners.retagged.append(retagged)


def roster_changed(unit_ids: Collection[int]) -> None:
    rebuild_units(unit_ids)


def retagged(_activity: Activity) -> None:
    enqueue("coverage.rebuild_tags")


def merge(kept_id: int, dropped_id: int) -> None:
    """The ledger has been merged already (learning registered before); the unions of both are counted anew."""
    units = Membership.objects.filter(member_id__in=(kept_id, dropped_id)).values_list("unit_id", flat=True)
    rebuild_units(set(units))


def unit_consequences(unit_id: int) -> dict[str, int]:
    return {"figures": Tally.objects.filter(unit_id=unit_id).values("subject").distinct().count()}
