"""People's places and deeds as the engine wants them, straight from roster and ledger."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from lms.coverage.engine.stays import Belonging, Standing, Stay, stays_of
from lms.coverage.engine.subjects import Deed
from lms.learning.models import Completion
from lms.people.models import Membership, UnitVersion


def stays_of_members(member_ids: Iterable[int]) -> dict[int, list[Stay]]:
    """One query: memberships with every version of their units."""
    belongings: dict[int, set[Belonging]] = defaultdict(set)
    standings: dict[int, set[Standing]] = defaultdict(set)
    rows = Membership.objects.filter(member_id__in=list(member_ids)).values_list(
        "member_id", "unit_id", "person_class", "valid_from", "valid_to",
        "unit__versions__path", "unit__versions__valid_from", "unit__versions__valid_to", "unit__versions__counted",
    )  # fmt: skip
    for member_id, unit_id, person_class, since, until, path, stands_since, stands_until, counted in rows:
        belongings[member_id].add(Belonging(unit_id, person_class, since, until))
        if path is not None:
            standings[unit_id].add(Standing(path, stands_since, stands_until, counted))
    stood = {unit: list(found) for unit, found in standings.items()}
    return {member: stays_of(found, stood) for member, found in belongings.items()}


def standings_of(unit_ids: Iterable[int]) -> dict[int, list[Standing]]:
    found: dict[int, list[Standing]] = defaultdict(list)
    rows = UnitVersion.objects.filter(unit_id__in=unit_ids).values_list(
        "unit_id", "path", "valid_from", "valid_to", "counted"
    )
    for unit_id, path, since, until, counted in rows:
        found[unit_id].append(Standing(path, since, until, counted))
    return found


def stays_by_member(unit_ids: Iterable[int]) -> dict[int, list[Stay]]:
    """Stays at these units of everybody who ever belonged to one of them. Two queries."""
    units = set(unit_ids)
    standings = standings_of(units)
    belongings: dict[int, list[Belonging]] = defaultdict(list)
    rows = Membership.objects.filter(member_id__in=_members_of(units)).values_list(
        "member_id", "unit_id", "person_class", "valid_from", "valid_to"
    )
    for member_id, unit_id, person_class, since, until in rows.iterator(chunk_size=5000):
        belongings[member_id].append(Belonging(unit_id, person_class, since, until))
    return {member: stays_of(found, standings) for member, found in belongings.items()}


def deeds_by_member(unit_ids: Iterable[int], activity_ids: Iterable[int]) -> dict[int, list[Deed]]:
    """Completions of these activities by everybody who ever belonged to one of these units."""
    deeds: dict[int, list[Deed]] = defaultdict(list)
    rows = Completion.objects.filter(
        activity_id__in=list(activity_ids), member_id__in=_members_of(unit_ids)
    ).values_list("member_id", "activity_id", "completed_on")
    for member_id, activity_id, day in rows.iterator(chunk_size=5000):
        deeds[member_id].append(Deed(activity_id, day))
    return deeds


def deeds_of_members(member_ids: Iterable[int], activity_ids: Iterable[int]) -> dict[int, list[Deed]]:
    deeds: dict[int, list[Deed]] = defaultdict(list)
    rows = Completion.objects.filter(member_id__in=list(member_ids), activity_id__in=list(activity_ids))
    for member_id, activity_id, day in rows.values_list("member_id", "activity_id", "completed_on"):
        deeds[member_id].append(Deed(activity_id, day))
    return deeds


def _members_of(unit_ids: Iterable[int]) -> "QuerySet[Membership, int]":
    return Membership.objects.filter(unit_id__in=list(unit_ids)).values_list("member_id", flat=True)
