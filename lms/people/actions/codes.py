"""One-time codes: an officer gives one to a person of the own subtree, who chooses a new PIN with it."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from lms.audit.actions import record
from lms.people.actions.tries import forget, key_of, key_of_unknown, take
from lms.people.models import Member, OneTimeCode
from lms.people.queries.roster import may_help_to_sign_in
from lms.people.queries.sign_in import people_called, same_name

PURPOSE = "code"
VALID_FOR = timedelta(hours=24)
DIGITS = 8


def give_code(actor: Member, member: Member, *, now: datetime) -> str:
    """A new code, told once and kept as a digest; older ones end. Traced."""
    if not may_help_to_sign_in(actor, member, timezone.localdate(now)):
        raise PermissionDenied("this person may do more than the officer")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    with transaction.atomic():
        OneTimeCode.objects.filter(member=member, used_at=None, expires_at__gt=now).update(expires_at=now)
        OneTimeCode.objects.create(
            member=member,
            digest=_digest(member, code),
            created_at=now,
            expires_at=now + VALID_FOR,
            given_by_id=actor.pk,
        )
        forget(key_of(PURPOSE, member.pk))
        record(actor, "member.give_code", member, now=now)
    return code


def use_code(typed: str, code: str, *, now: datetime) -> Member | None:
    """The person called `typed` whom `code` was given to. It is used up, for one request of many at most."""
    people = {key_of(PURPOSE, member.pk): member for member in people_called(typed)}
    allowed = take(people or [key_of_unknown(PURPOSE, same_name(typed))], now)
    bare = "".join(character for character in code if character.isdigit())
    for key in sorted(allowed & set(people)):
        if _use(people[key], bare, now):
            forget(key)
            return people[key]
    return None


def _use(member: Member, code: str, now: datetime) -> bool:
    with transaction.atomic():
        for row in OneTimeCode.objects.filter(member=member, used_at=None, expires_at__gt=now):
            if constant_time_compare(row.digest, _digest(member, code)):
                used = OneTimeCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now)
                if used:
                    record(member, "member.use_code", member, now=now)
                return bool(used)
    return False


def _digest(member: Member, code: str) -> str:
    return salted_hmac("lms.people.code", f"{member.pk}:{code}", algorithm="sha256").hexdigest()
