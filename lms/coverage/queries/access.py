"""Whose figures a person may see, and whose names."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from lms.people.engine.path import last_unit
from lms.people.models import Function, Member, Membership, UnitVersion
from lms.people.queries.scopes import Scope, scope_of


@dataclass(frozen=True)
class Seat:
    """One union on one day as one person may see it."""

    unit_id: int
    version: UnitVersion  # as it was on the day, or its nearest state when it didn't exist then
    existed: bool  # on that day
    looks_after: bool  # sees the unions below and the names; others see the one headline of their own union
    scope: Scope


def start_unit_for(member: Member, today: date) -> int | None:
    """The union whose figures open first: of the own post, else the own one; None for people without a union."""
    scope = scope_of(member, today)
    posts = sorted(scope.people_paths, key=len)
    if posts:
        return last_unit(posts[0])
    return Membership.objects.on(today).filter(member=member).values_list("unit_id", flat=True).first()


def seat_for(member: Member, unit_id: int, day: date, today: date) -> Seat:
    """The union as of `day`. 404 for what is outside the member's part of the tree of today.

    A union that has ended is looked after by whoever looks after the place where it last stood.
    """
    versions = list(UnitVersion.objects.filter(unit_id=unit_id).order_by("valid_from"))
    if not versions:
        raise Http404("no such unit")
    scope = scope_of(member, today)
    looks_after = scope.covers((_on(versions, today) or versions[-1]).path)
    if not looks_after and not _belongs(member, unit_id, today):
        raise Http404("outside the member's part of the tree")
    then = _on(versions, day)
    nearest = versions[0] if day < versions[0].valid_from else versions[-1]
    return Seat(unit_id, then or nearest, then is not None, looks_after, scope)


def people_seat_for(member: Member, unit_id: int, day: date, today: date) -> Seat:
    """The same for lists of names: officers and administrators only."""
    seat = seat_for(member, unit_id, day, today)
    if not seat.looks_after:
        raise Http404("names are for officers")
    return seat


def linkable(seat: Seat, unit_ids: list[int], day: date, today: date) -> set[int]:
    """Which of these unions the person may open: the tree may have changed since `day`. At most one query."""
    if day == today or seat.scope.has(Function.PROVINCE_ADMIN):
        return set(unit_ids)
    rows = UnitVersion.objects.filter(unit_id__in=unit_ids).order_by("valid_from").values_list("unit_id", "path")
    last = dict(rows)  # the latest state of each: that of today, or the one in which it ended
    return {unit_id for unit_id, path in last.items() if seat.scope.covers(path)}


def _belongs(member: Member, unit_id: int, today: date) -> bool:
    return Membership.objects.on(today).filter(member=member, unit_id=unit_id).exists()


def _on(versions: list[UnitVersion], day: date) -> UnitVersion | None:
    for version in versions:
        if version.valid_from <= day and (version.valid_to is None or day < version.valid_to):
            return version
    return None
