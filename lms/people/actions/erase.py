"""Dropping what `people` keeps of a person beside the row itself."""

from lms.people.actions.tries import key_of
from lms.people.models import JoinRequest, Membership, OneTimeCode, Post, Tries
from lms.people.registry import registry


def erase_own_rows(member_id: int) -> None:
    JoinRequest.objects.filter(member_id=member_id).delete()
    OneTimeCode.objects.filter(member_id=member_id).delete()
    Post.objects.filter(member_id=member_id).delete()
    Membership.objects.filter(member_id=member_id).delete()
    Tries.objects.filter(key__in=[key_of(purpose, member_id) for purpose in ("pin", "join", "code")]).delete()


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
