"""A roster member's way in without e-mail: the own row, then the own PIN; or a request to the union's officer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.audit.actions import record
from lms.people.actions.secrets import choose_secret
from lms.people.actions.tries import forget, give_back, key_of, key_of_unknown, take
from lms.people.models import JoinRequest, Member
from lms.people.queries.roster import member_ids_in, rows_with_phone
from lms.people.queries.waiting import waiting_request

PURPOSE = "join"
MOST_WAITING = 500  # per union: a flood stops here, before it hides the real ones


@dataclass(frozen=True)
class Found:
    member: Member | None
    locked: bool = False


def find_row(phone: str, birth_year: int, unit_id: int, *, now: datetime) -> Found:
    """The one row of the roster with this phone, year of birth and union. Every look costs a try of the row."""
    rows = {key_of(PURPOSE, member.pk): member for member in rows_with_phone(phone)}
    allowed = take(rows or [key_of_unknown(PURPOSE, phone)], now)
    if not allowed:
        return Found(None, locked=True)
    here = member_ids_in(unit_id, timezone.localdate(now))
    fits = [key for key in allowed & set(rows) if rows[key].birth_year == birth_year and rows[key].pk in here]
    if len(fits) != 1:
        return Found(None)
    forget(fits[0])
    give_back(allowed - {fits[0]})
    return Found(rows[fits[0]])


def activate(member: Member, pin: str, *, now: datetime) -> bool:
    """The first PIN of a row. False if somebody has activated it meanwhile: then the PIN stays as it is."""
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        if row.has_usable_password():
            return False
        choose_secret(row, pin, now=now)
        record(row, "member.activate", row, now=now)
        return True


def ask(full_name: str, phone: str, birth_year: int, unit_id: int, *, now: datetime) -> JoinRequest | None:
    """Leave a request for the union's officer; the same one again changes nothing. None when there are too many."""
    known = waiting_request(phone, unit_id)
    if known:
        return known
    if not take([key_of_unknown("ask", phone)], now):
        return None
    if JoinRequest.objects.waiting().filter(unit_id=unit_id).count() >= MOST_WAITING:
        return None
    try:
        with transaction.atomic():
            return JoinRequest.objects.create(
                full_name=full_name, phone=phone, birth_year=birth_year, unit_id=unit_id, created_at=now
            )
    except IntegrityError:
        return waiting_request(phone, unit_id)
