"""Erasing a person: the row stays as a number that totals are counted by, all that says who it was goes."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.audit.actions import record
from lms.people.actions.tries import key_of
from lms.people.models import JoinRequest, Member, Membership, OneTimeCode, Post, Tries
from lms.people.queries.roster import may_erase
from lms.people.registry import registry


def erase(actor: Member, member: Member, *, now: datetime) -> None:
    """What every package keeps of the person, then the person's own row. Traced by number; it can't be undone.

    Completions and attempts stay in the totals of their days; from today on she is in no roster.
    """
    if not may_erase(actor, member, timezone.localdate(now)):
        raise PermissionDenied("only an administrator of the province erases, and never herself")
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        _end_memberships(row, now)
        _forget_requests(row)
        for keeper in registry.keepers.values():
            if keeper.erase:
                keeper.erase(row.pk)
        _make_nameless(row)
        record(actor, "member.erase", row, now=now)


def erase_own_rows(member_id: int) -> None:
    """What `people` keeps beside the row and its memberships."""
    JoinRequest.objects.filter(member_id=member_id).delete()
    OneTimeCode.objects.filter(member_id=member_id).delete()
    Post.objects.filter(member_id=member_id).delete()
    Tries.objects.filter(key__in=[key_of(purpose, member_id) for purpose in ("pin", "join", "code")]).delete()


def _end_memberships(member: Member, now: datetime) -> None:
    """Ended, never deleted: figures of past days must not change. One that began today has counted on no day."""
    today = timezone.localdate(now)
    rows = Membership.objects.filter(member=member)
    units = list(rows.values_list("unit_id", flat=True))
    rows.filter(valid_from__gte=today).delete()
    rows.on(today).update(valid_to=today)
    registry.tell_roster_changed(units)


def _forget_requests(member: Member) -> None:
    """Also those that nobody has joined to the row."""
    if member.phone:
        JoinRequest.objects.filter(member=None, phone=member.phone, full_name__iexact=member.full_name).delete()


def _make_nameless(member: Member) -> None:
    member.username = f"erased-{member.pk}"
    member.full_name = _("Erased person")
    member.phone = member.email = member.card_no = member.gender = ""
    member.birth_year = member.birth_date = member.joined_at = member.last_login = None
    member.is_active = member.is_staff = member.is_superuser = member.phone_verified = False
    member.set_unusable_password()
    member.groups.clear()
    member.user_permissions.clear()
    member.save()


def merge_own_rows(kept_id: int, dropped_id: int) -> None:
    """The kept row has its own place and posts; what the dropped one asked for and held goes over."""
    JoinRequest.objects.filter(member_id=dropped_id).update(member_id=kept_id)
    for post in Post.objects.filter(member_id=dropped_id):
        same = Post.objects.filter(
            member_id=kept_id, unit_id=post.unit_id, function=post.function, valid_from=post.valid_from
        )
        if not same.exists():
            Post.objects.filter(pk=post.pk).update(member_id=kept_id)
    places = Membership.objects.filter(member_id=dropped_id)
    units = list(places.values_list("unit_id", flat=True))
    places.delete()
    registry.tell_roster_changed(units)
    OneTimeCode.objects.filter(member_id=dropped_id).delete()
