"""A roster member's way in without e-mail: the own row, then the own PIN; or a request to the union's officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.audit.actions import record
from lms.people.actions.secrets import choose_secret
from lms.people.actions.tries import forget, give_back, key_of, key_of_unknown, take
from lms.people.models import JoinRequest, Member, RequestState
from lms.people.queries.roster import member_ids_in, rows_with_phone
from lms.people.queries.waiting import waiting_request
from lms.web.limits import Limit

PURPOSE = "join"
MOST_WAITING = 500  # per union: a flood stops here; the officer refuses it in bulk, the clock drops what is old
WRONG_ROWS = Limit("join", most=2000, seconds=3600)  # per union: who has its code can't go through all telephones
REQUESTS = Limit("ask", most=100, seconds=3600)  # per address
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Found:
    member: Member | None
    locked: bool = False


def find_row(phone: str, birth_year: int, unit_id: int, *, now: datetime) -> Found:
    """The one row of the roster with this phone, year of birth and union. Every look costs a try of the row."""
    if WRONG_ROWS.used_up(str(unit_id)):
        return Found(None, locked=True)
    rows = {key_of(PURPOSE, member.pk): member for member in rows_with_phone(phone)}
    allowed = take(rows or [key_of_unknown(PURPOSE, phone)], now)
    if not allowed:
        return Found(None, locked=True)
    here = member_ids_in(unit_id, timezone.localdate(now))
    fits = [key for key in allowed & set(rows) if rows[key].birth_year == birth_year and rows[key].pk in here]
    if len(fits) != 1:
        WRONG_ROWS.count(str(unit_id))
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


def ask(
    full_name: str, phone: str, birth_year: int, unit_id: int, *, address: str = "", now: datetime
) -> JoinRequest | None:
    """Leave a request for the union's officer; the same one again changes nothing. None when there are too many.

    A family may share its telephone: the same phone with another name is another request.
    """
    known = waiting_request(phone, unit_id, full_name)
    if known:
        return known
    if (address and REQUESTS.used_up(address)) or not take([key_of_unknown("ask", phone)], now):
        return None
    if JoinRequest.objects.waiting().filter(unit_id=unit_id).count() >= MOST_WAITING:
        return None
    if address:
        REQUESTS.count(address)
    try:
        with transaction.atomic():
            return JoinRequest.objects.create(
                full_name=full_name, phone=phone, birth_year=birth_year, unit_id=unit_id, created_at=now
            )
    except IntegrityError:
        return waiting_request(phone, unit_id, full_name)


def drop_old_requests(now: datetime) -> int:
    """Forget requests that nobody answered for a month, and those refused a month ago: names and phones of people
    whom no roster has."""
    month_ago = now - KEPT
    waiting = JoinRequest.objects.waiting().filter(created_at__lt=month_ago)
    refused = JoinRequest.objects.filter(state=RequestState.REFUSED, decided_at__lt=month_ago)
    return waiting.delete()[0] + refused.delete()[0]
