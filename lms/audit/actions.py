"""Writing the trace. Called by the actions of the other packages, inside their transaction."""

from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from lms.audit.engine import Link, digest_of
from lms.audit.models import Event

_TRIES = 5


def record(
    actor: models.Model | None, verb: str, on: models.Model, *, now: datetime, details: dict[str, Any] | None = None
) -> Event:
    """Append one event to the chain of `on`.

    `actor` is the member who did it, None for the system. `details` holds JSON values and no names of persons.
    Two writers at one object are kept apart by the unique number; the later one tries again.
    """
    label, key = on._meta.label_lower, str(on.pk)
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _append(actor, verb, label, key, now=now, details=details or {})
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _append(
    actor: models.Model | None, verb: str, label: str, key: str, *, now: datetime, details: dict[str, Any]
) -> Event:
    last = Event.objects.filter(object_type=label, object_id=key).order_by("-number").first()
    link = Link(
        number=last.number + 1 if last else 1,
        actor_id=actor.pk if actor else None,
        verb=verb,
        object_type=label,
        object_id=key,
        details=details,
        happened_at=now.astimezone(UTC).isoformat(timespec="microseconds"),
        previous_digest=last.digest if last else "",
    )
    return Event.objects.create(
        actor_id=link.actor_id,
        verb=verb,
        object_type=label,
        object_id=key,
        number=link.number,
        details=details,
        happened_at=now,
        previous_digest=link.previous_digest,
        digest=digest_of(link),
    )
