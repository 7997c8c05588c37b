"""What there is to do: opened and closed by the packages that own the pages and contests."""

from collections.abc import Iterable

from django.db import transaction

from lms.learning.models import Activity
from lms.learning.registry import listeners


def open_activity(
    *,
    key: str,
    kind: str,
    title: str,
    url: str,
    parent: Activity | None = None,
    place: int = 0,
    tags: Iterable[str] = (),
    minutes: int = 0,
    needs_check: bool = False,
) -> Activity:
    """The activity `key`, made or brought up to date, and open. Its completions stay as they are."""
    wanted = {
        "kind": kind,
        "title": title,
        "url": url,
        "parent": parent,
        "place": place,
        "tags": sorted(set(tags)),
        "minutes": minutes,
        "needs_check": needs_check,
        "is_open": True,
    }
    with transaction.atomic():
        activity, made = Activity.objects.select_for_update().get_or_create(key=key, defaults=wanted)
        if made:
            return activity
        old_tags = activity.tags
        changed = [name for name, value in wanted.items() if getattr(activity, name) != value]
        for name in changed:
            setattr(activity, name, wanted[name])
        if changed:
            activity.save(update_fields=changed)
        if activity.tags != old_tags:
            listeners.tell_retagged(activity)
        return activity


def close_activity(key: str) -> None:
    """Nobody can start it any more; what was completed stays completed. Unknown keys are no error."""
    Activity.objects.filter(key=key).update(is_open=False)
