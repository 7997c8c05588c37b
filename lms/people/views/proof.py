"""What somebody has proved in this browser on the way to an own PIN; forgotten after 15 minutes."""

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from lms.people.models import Member

_KEY, _MINUTES = "proved", 15


@dataclass(frozen=True)
class Proof:
    member: Member
    by_code: bool  # an officer's one-time code; else the three matching facts of a row that nobody uses yet


def prove(session: SessionBase, member: Member, *, by_code: bool) -> None:
    session.cycle_key()
    session[_KEY] = {"member": member.pk, "by_code": by_code, "at": timezone.now().timestamp()}


def proved(session: SessionBase) -> Proof | None:
    kept = session.get(_KEY)
    if not kept or timezone.now().timestamp() - kept["at"] > _MINUTES * 60:
        return None
    member = Member.objects.filter(pk=kept["member"], is_active=True).first()
    return Proof(member, kept["by_code"]) if member else None


def forget_proof(session: SessionBase) -> None:
    session.pop(_KEY, None)
