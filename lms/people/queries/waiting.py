"""Requests to be let in, for the officers of the union they name."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from lms.people.models import JoinRequest, Member, Membership, RequestState, UnitVersion
from lms.people.queries.scopes import scope_of
from lms.text.fold import fold, squeeze

MOST_SHOWN = 100


@dataclass(frozen=True)
class RequestCard:
    """A request with the union it names and the roster rows that it probably means."""

    request: JoinRequest
    unit: UnitVersion
    likely: tuple[Member, ...]


def requests_for(viewer: Member, today: date, *, most: int = MOST_SHOWN) -> list[RequestCard]:
    """Waiting requests of the viewer's part of the tree, oldest first. Four queries, however many there are."""
    units = _units_of(viewer, today)
    waiting = JoinRequest.objects.waiting().filter(unit_id__in=units).order_by("created_at", "pk")[:most]
    return _cards(list(waiting), units, today)


def decided_for(viewer: Member, today: date, *, most: int = MOST_SHOWN) -> list[RequestCard]:
    """The last decisions, which can be undone."""
    units = _units_of(viewer, today)
    decided = JoinRequest.objects.exclude(state=RequestState.WAITING).filter(unit_id__in=units)
    return _cards(list(decided.order_by("-decided_at", "-pk")[:most]), units, today, rows=False)


def count_waiting_for(viewer: Member, today: date) -> int:
    if not scope_of(viewer, today).sees_people:
        return 0
    return JoinRequest.objects.waiting().filter(unit_id__in=_units_of(viewer, today)).count()


def request_for(viewer: Member, request_id: int, today: date) -> RequestCard:
    """The request, if it names a union in the viewer's part of the tree; else 404."""
    request = JoinRequest.objects.filter(pk=request_id).first()
    units = _units_of(viewer, today)
    if request is None or request.unit_id not in units:
        raise Http404("no such request here")
    return _cards([request], units, today)[0]


def waiting_request(phone: str, unit_id: int, full_name: str | None = None) -> JoinRequest | None:
    """The oldest waiting request of this telephone, or of the one person of that name behind it."""
    waiting = JoinRequest.objects.waiting().filter(phone=phone, unit_id=unit_id)
    if full_name is not None:
        waiting = waiting.filter(full_name=full_name)
    return waiting.order_by("pk").first()


def _units_of(viewer: Member, today: date) -> dict[int, UnitVersion]:
    scope = scope_of(viewer, today)
    named = UnitVersion.objects.on(today).filter(unit_id__in=JoinRequest.objects.values("unit_id"))
    return {unit.unit_id: unit for unit in named if scope.covers(unit.path)}


def _cards(
    requests: list[JoinRequest], units: dict[int, UnitVersion], today: date, *, rows: bool = True
) -> list[RequestCard]:
    likely = _likely_rows(requests, today) if rows and requests else {}
    return [RequestCard(request, units[request.unit_id], likely.get(request.pk, ())) for request in requests]


def _likely_rows(requests: list[JoinRequest], today: date) -> dict[int, tuple[Member, ...]]:
    """Members (not staff) of the named union with the same name and no other year of birth."""
    names = {fold(squeeze(request.full_name)) for request in requests}
    people = Membership.objects.on(today).select_related("member").order_by("pk")
    people = people.filter(
        unit_id__in={request.unit_id for request in requests},
        member__search_text__in=names,
        member__is_staff=False,
        member__is_active=True,
    )
    return {
        request.pk: tuple(
            row.member
            for row in people
            if row.unit_id == request.unit_id
            and row.member.search_text == fold(squeeze(request.full_name))
            and row.member.birth_year in (None, request.birth_year)
        )
        for request in requests
    }
