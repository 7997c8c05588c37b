"""Giving and ending posts. Trainers and editors get their place in Wagtail through a group of the same name."""

from datetime import date, datetime

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from lms.audit.actions import record
from lms.people.models import Function, Member, Post, Unit
from lms.people.queries.posts import may_end, may_give, may_take_back

EDITORS = "Biên tập viên"
GROUPS = {Function.TRAINER: "Giảng viên", Function.EDITOR: EDITORS, Function.PROVINCE_ADMIN: EDITORS}


def appoint(
    actor: Member | None, member: Member, function: Function, unit: Unit, *, now: datetime, since: date | None = None
) -> Post:
    """`member` holds `function` at `unit` from `since` (today or earlier). A PIN is too little for staff: it ends, and
    the actor gives a one-time code with which she chooses a password. Appointing twice changes nothing."""
    today = timezone.localdate(now)
    if actor and not may_give(actor, member, function, unit.pk, today):
        raise PermissionDenied("not this person's to give")
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        last = Post.objects.filter(member=member, function=function, unit=unit).order_by("-valid_from").first()
        if last and (last.valid_to is None or last.valid_to > today):
            return last
        start = min(since or today, today)
        if last and last.valid_to and last.valid_to > start:
            start = last.valid_to
        post = Post.objects.create(member=member, function=function, unit=unit, valid_from=start)
        if member.password.startswith("pin$"):
            member.set_unusable_password()
            member.save(update_fields=["password"])
        sync(member, now=now)
        details = {"function": function.value, "unit": unit.pk, "since": start.isoformat()}
        record(actor, "post.appoint", member, now=now, details=details)
        return post


def dismiss(actor: Member | None, post: Post, *, now: datetime) -> None:
    """The post ends today; whoever holds no other is no longer staff."""
    today = timezone.localdate(now)
    if actor and not may_end(actor, post, today):
        raise PermissionDenied("not this person's to end")
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=post.member_id)
        if post.valid_from >= today:
            post.delete()
        else:
            post.valid_to = today
            post.save(update_fields=["valid_to"])
        sync(member, now=now)
        record(actor, "post.dismiss", member, now=now, details={"function": post.function, "unit": post.unit_id})


def take_back(actor: Member, post: Post, *, now: datetime) -> None:
    """A post that was ended today goes on as if it had not been."""
    if not may_take_back(actor, post, timezone.localdate(now)):
        raise PermissionDenied("not this person's to give back")
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=post.member_id)
        post.valid_to = None
        post.save(update_fields=["valid_to"])
        sync(member, now=now)
        record(actor, "post.take_back", member, now=now, details={"function": post.function, "unit": post.unit_id})


def sync(member: Member, *, now: datetime) -> None:
    """`is_staff` and the groups as the posts of today say."""
    functions = set(Post.objects.on(timezone.localdate(now)).filter(member=member).values_list("function", flat=True))
    wanted = {name for function, name in GROUPS.items() if function in functions}
    for name in sorted(set(GROUPS.values())):
        group, _ = Group.objects.get_or_create(name=name)
        if name in wanted:
            member.groups.add(group)
        else:
            member.groups.remove(group)
    member.is_staff = bool(functions) or member.is_superuser
    member.save(update_fields=["is_staff"])
