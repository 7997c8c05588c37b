"""How long somebody stays signed in on a device."""

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from lms.people.models import Member

MEMBER_DAYS, STAFF_DAYS, SHARED_MINUTES = 180, 14, 30
SHARED = "shared_device"


def keep_for(session: SessionBase, member: Member | None, *, shared: bool) -> None:
    """30 minutes of rest on a shared device; else 180 days for members and 14 for staff."""
    if shared:
        session[SHARED] = int(timezone.now().timestamp())
        session.set_expiry(SHARED_MINUTES * 60)
    else:
        session.pop(SHARED, None)
        days = STAFF_DAYS if member is not None and member.is_staff else MEMBER_DAYS
        session.set_expiry(days * 24 * 3600)
