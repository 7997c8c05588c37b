"""Whom a typed user name, phone or e-mail may mean, and whether tries are left."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F, Q, QuerySet

from lms.people.engine import tries as rule
from lms.people.models import Member, Tries
from lms.text.phones import normal_phone

MOST = 10  # people behind one telephone whose PINs are tried; the last to sign in come first


def people_called(typed: str) -> list[Member]:
    """People who go by `typed`, the last to sign in first. A phone may belong to a whole family."""
    return list(_called(typed)[:MOST])


def candidates(typed: str) -> list[Member]:
    """Those of them who have chosen a PIN or password."""
    return list(_called(typed).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)[:MOST])


def _called(typed: str) -> QuerySet[Member]:
    typed = typed.strip()
    wanted = Q(username__iexact=typed)
    if phone := normal_phone(typed):
        wanted |= Q(phone=phone)
    if "@" in typed:
        wanted |= Q(email__iexact=typed)
    return Member.objects.filter(wanted, is_active=True).order_by(F("last_login").desc(nulls_last=True), "pk")


def same_name(typed: str) -> str:
    """`typed` in one spelling, so that blanks and +84 don't buy more tries."""
    return normal_phone(typed) or typed.strip().casefold()


def locked_until(keys: Iterable[str], now: datetime) -> datetime | None:
    """When the first of these rows has a try again, or None if any has one now."""
    wanted = set(keys)
    ends = [rule.free_again_at(row.used, now) for row in Tries.objects.filter(key__in=wanted)]
    if len(ends) < len(wanted) or None in ends:
        return None
    return min((end for end in ends if end), default=None)
