"""Checking who somebody is. Every look at a secret costs a try of its roster row, taken before the look."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from lms.people.actions.tries import forget, give_back, key_of, key_of_unknown, take
from lms.people.engine.pin import is_pin
from lms.people.models import Member
from lms.people.models.member import hasher_for
from lms.people.queries.sign_in import candidates, locked_until, same_name

PURPOSE = "pin"


def who_is(typed: str, secret: str, *, now: datetime) -> Member | None:
    """The one person who goes by `typed` (user name, phone or e-mail) and whose PIN or password is `secret`.

    None when nobody is, when no try is left, and when two people of one telephone have the same PIN (choosing
    such a PIN is refused, so that this doesn't happen in the roster's own doing).
    """
    people = {key_of(PURPOSE, member.pk): member for member in candidates(typed)}
    allowed = take(people or [key_of_unknown(PURPOSE, same_name(typed))], now)
    meant = {key: member for key, member in people.items() if key in allowed and _is_of_form(member, secret)}
    right = [key for key, member in meant.items() if member.check_password(secret)]
    if not meant:
        make_password(secret, hasher=hasher_for(secret))  # as much work as for somebody whom we know
    if len(right) != 1:
        return None
    forget(right[0])
    give_back(allowed - {right[0]})
    return people[right[0]]


def _is_of_form(member: Member, secret: str) -> bool:
    """Whether it can be right at all: PINs and passwords are kept in two ways, and the time must not tell which."""
    return member.password.startswith("pin$") == is_pin(secret)


def no_try_left_until(typed: str, *, now: datetime) -> datetime | None:
    """When `typed` may be tried again, if all tries are used up. The same for known and unknown names."""
    keys = [key_of(PURPOSE, member.pk) for member in candidates(typed)]
    return locked_until(keys or [key_of_unknown(PURPOSE, same_name(typed))], now)


def shared_with_family(member: Member, pin: str) -> bool:
    """Whether somebody else of the same telephone already has `pin`, which would make signing in ambiguous."""
    if not member.phone or not is_pin(pin):
        return False
    return any(other.check_password(pin) for other in candidates(member.phone) if other.pk != member.pk)
