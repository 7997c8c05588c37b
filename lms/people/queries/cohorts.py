"""Which unions try something out, as of a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lms.people.engine.path import subtree_range, unit_ids
from lms.people.models import CohortUnit


@dataclass(frozen=True)
class Pilot:
    title: str
    unit_id: int
    unit_name: str


def pilots_at(path: str, day: date) -> list[Pilot]:
    """Pilots of the unit at `path`, of those below it and of those above, which it takes part in. One query."""
    low, high = subtree_range(path)
    version = Q(unit__versions__valid_to__isnull=True) | Q(unit__versions__valid_to__gt=day)
    here = Q(unit__versions__path__gte=low, unit__versions__path__lt=high) | Q(unit_id__in=unit_ids(path))
    rows = CohortUnit.objects.on(day).filter(version, here, unit__versions__valid_from__lte=day)
    columns = rows.order_by("cohort__code", "unit__versions__sort_key")
    return [Pilot(*row) for row in columns.values_list("cohort__title", "unit_id", "unit__versions__short_name")]
