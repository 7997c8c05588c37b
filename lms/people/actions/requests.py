"""Deciding on requests to be let in. One tap, traced, and it can be taken back until the person has come."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lms.audit.actions import record
from lms.people.models import JoinRequest, Member, Membership, PersonClass, RequestState
from lms.people.queries.waiting import waiting_request
from lms.people.registry import registry


class AlreadyDecided(Exception):
    """Another officer was quicker, or the person has signed in since: the sentence is the view's business."""


def approve(actor: Member, request: JoinRequest, row: Member | None, *, now: datetime) -> Member:
    """Let the person in: `row` of the roster gets the phone and year she gave, or she gets a new row."""
    with transaction.atomic():
        request = _locked(request, RequestState.WAITING)
        request.made_member = row is None
        request.previous_phone = row.phone if row else ""
        member = _mend(row, request) if row else _new_row(request, now)
        _decide(actor, request, RequestState.APPROVED, member, now)
        details = {"request": request.pk, "new": request.made_member}
        registry.tell_roster_changed([request.unit_id])
        record(actor, "member.let_in", member, now=now, details=details)
        return member


def refuse(actor: Member, request: JoinRequest, *, now: datetime) -> None:
    with transaction.atomic():
        request = _locked(request, RequestState.WAITING)
        _decide(actor, request, RequestState.REFUSED, None, now)
        record(actor, "joinrequest.refuse", request, now=now)


def refuse_all(actor: Member, requests: Iterable[JoinRequest], *, now: datetime) -> int:
    """Refuse what still waits of `requests`; how many those were."""
    refused = 0
    for request in requests:
        with suppress(AlreadyDecided):
            refuse(actor, request, now=now)
            refused += 1
    return refused


def undo(actor: Member, request: JoinRequest, *, now: datetime) -> None:
    """As if nothing had been decided. Not once the person has come: her results hang on the row, and a PIN that a
    stranger chose would stay. Nor when she has asked again meanwhile."""
    with transaction.atomic():
        request = _locked(request, RequestState.APPROVED, RequestState.REFUSED)
        was, member = request.state, request.member
        if waiting_request(request.phone, request.unit_id, request.full_name):
            raise AlreadyDecided
        if was == RequestState.APPROVED:
            if member is None or _has_come(request, member):
                raise AlreadyDecided
            _take_back(request, member)
            registry.tell_roster_changed([request.unit_id])
        request.state, request.decided_at, request.decided_by_id = RequestState.WAITING, None, None
        request.member, request.made_member, request.previous_phone = None, False, ""
        request.save()
        record(actor, "joinrequest.undo", request, now=now, details={"was": was})


def _has_come(request: JoinRequest, member: Member) -> bool:
    """Whether she has chosen a PIN since she was let in, or holds a post by now."""
    since = request.decided_at
    return member.is_staff or bool(member.joined_at and since and member.joined_at >= since)


def _locked(request: JoinRequest, *states: str) -> JoinRequest:
    locked = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.state not in states:
        raise AlreadyDecided
    return locked


def _decide(actor: Member, request: JoinRequest, state: str, member: Member | None, now: datetime) -> None:
    request.state, request.member = state, member
    request.decided_at, request.decided_by_id = now, actor.pk
    request.save()


def _mend(row: Member, request: JoinRequest) -> Member:
    row.phone, row.phone_verified = request.phone, False
    row.birth_year = row.birth_year or request.birth_year
    row.save(update_fields=["phone", "phone_verified", "birth_year"])
    return row


def _new_row(request: JoinRequest, now: datetime) -> Member:
    member = Member.objects.create_user(
        f"tv{secrets.token_hex(5)}",
        full_name=request.full_name,
        phone=request.phone,
        birth_year=request.birth_year,
    )
    Membership.objects.create(
        member=member,
        unit_id=request.unit_id,
        person_class=PersonClass.MEMBER,
        valid_from=timezone.localdate(now),
    )
    return member


def _take_back(request: JoinRequest, member: Member) -> None:
    if request.made_member:
        JoinRequest.objects.filter(member=member).update(member=None)
        request.member = None
        member.delete()
    else:
        member.phone = request.previous_phone
        member.save(update_fields=["phone"])
