"""Groups of Wagtail follow the posts of people: who is a trainer today may write, who is no longer may not."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from cms.engine import roles
from lms.people.models import Member, Post


def sync_roles(*, today: date, member_ids: Iterable[int] | None = None) -> int:
    """Give and take group memberships by the posts that hold `today`; returns how many changed. Four queries."""
    link = Member.groups.through
    groups = dict(Group.objects.filter(name__in=roles.PAGE_RIGHTS).values_list("name", "pk"))
    posts = Post.objects.on(today).filter(function__in=roles.OF_FUNCTION)
    held = link.objects.filter(group_id__in=groups.values())
    if member_ids is not None:
        ids = list(member_ids)
        posts, held = posts.filter(member_id__in=ids), held.filter(member_id__in=ids)
    wanted = {
        (member, groups[roles.OF_FUNCTION[function]])
        for member, function in posts.values_list("member_id", "function")
        if roles.OF_FUNCTION[function] in groups
    }
    have = {(row.member_id, row.group_id): row.pk for row in held}
    with transaction.atomic():
        gone = [pk for pair, pk in have.items() if pair not in wanted]
        if gone:
            link.objects.filter(pk__in=gone).delete()
        new = [link(member_id=member, group_id=group) for member, group in sorted(wanted - have.keys())]
        if new:
            link.objects.bulk_create(new, ignore_conflicts=True)
    return len(gone) + len(new)
