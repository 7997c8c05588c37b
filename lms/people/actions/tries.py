"""Taking tries before a secret is looked at, and giving them back when it was right."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction

from lms.people.engine import tries as rule
from lms.people.models import Tries

_LOOKS = 10


def key_of(purpose: str, member_id: int) -> str:
    """The key of a roster row's tries for one purpose: "pin", "join", "code"."""
    return f"{purpose}:{member_id}"


def key_of_unknown(purpose: str, typed: str) -> str:
    """The key of something that is no roster row, so that guessing finds out nothing about who is in the roster."""
    return f"{purpose}:?{hashlib.sha256(typed.encode()).hexdigest()[:32]}"


def take(keys: Iterable[str], now: datetime) -> set[str]:
    """Take one try of each of `keys`; return those that had one left. Committed before the caller goes on."""
    return {key for key in sorted(keys) if _take(key, now)}


def forget(key: str) -> None:
    """The right secret was given: the count begins anew."""
    Tries.objects.filter(key=key).delete()


def give_back(keys: Iterable[str]) -> None:
    """These tries were not aimed at their rows: another person of the same telephone signed in."""
    for key in sorted(keys):
        with transaction.atomic():
            row = Tries.objects.select_for_update().filter(key=key).first()
            if row:
                row.used = rule.give_back(row.used)
                row.save()


def _take(key: str, now: datetime) -> bool:
    """The row may be made by another and forgotten by a third between two looks at it: then look again."""
    for _try in range(_LOOKS - 1):
        with suppress(IntegrityError):
            return _take_once(key, now)
    return _take_once(key, now)


def _take_once(key: str, now: datetime) -> bool:
    with transaction.atomic():
        row, _ = Tries.objects.select_for_update().get_or_create(
            key=key, defaults={"short_since": now, "day_since": now}
        )
        after = rule.take(row.used, now)
        if after is None:
            return False
        row.used = after
        row.save()
        return True


def drop_old(now: datetime) -> int:
    """Forget tries whose longest window has passed: they allow as much as no row at all."""
    dropped, _ = Tries.objects.filter(day_since__lte=now - rule.DAY, short_since__lte=now - rule.SHORT).delete()
    return dropped
