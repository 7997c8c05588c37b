"""Where people and units stood in the tree on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lms.people.engine.path import unit_ids
from lms.people.models import Member, Membership, UnitVersion


@dataclass(frozen=True)
class Place:
    """A person's union on one day: what completions, attempts and attendance are stamped with."""

    unit_id: int
    path: str
    unit_name: str
    person_class: str


def place_of(member: Member, day: date) -> Place | None:
    """The union that `member` belonged to on `day`, or None. One query."""
    return places_of([member.pk], day).get(member.pk)


def places_of(member_ids: Iterable[int], day: date) -> dict[int, Place]:
    """The unions of these people on `day`, by person; who belonged to none is left out. One query."""
    rows = Membership.objects.on(day).filter(
        Q(unit__versions__valid_to__isnull=True) | Q(unit__versions__valid_to__gt=day),
        unit__versions__valid_from__lte=day,
        member_id__in=list(member_ids),
    )
    found = rows.order_by("-pk").values_list(
        "member_id", "unit_id", "unit__versions__path", "unit__versions__short_name", "person_class"
    )
    return {row[0]: Place(*row[1:]) for row in found}


def version_on(unit_id: int, day: date) -> UnitVersion | None:
    """What the unit was on `day`, or None before its founding and after its end."""
    return UnitVersion.objects.on(day).filter(unit_id=unit_id).first()


def units_under(path: str, day: date) -> QuerySet[UnitVersion]:
    """The unit at `path` and all below it as they were on `day`, in tree order."""
    return UnitVersion.objects.on(day).under(path).order_by("path")


def children_of(unit_id: int, day: date) -> QuerySet[UnitVersion]:
    """Units directly below, in Vietnamese alphabetical order."""
    return UnitVersion.objects.on(day).filter(parent_id=unit_id).order_by("sort_key")


def way_to(path: str, day: date) -> list[UnitVersion]:
    """Units from the top of the tree down to the one at `path`, for breadcrumbs. One query."""
    return list(UnitVersion.objects.on(day).filter(unit_id__in=unit_ids(path)).order_by("path"))
