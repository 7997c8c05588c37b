"""Giving and ending posts. Trainers and editors get their place in Wagtail through a group of the same name."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from lms.audit.actions import record
from lms.people.models import Function, Member, Post, Unit

EDITORS = "Biên tập viên"
GROUPS = {Function.TRAINER: "Giảng viên", Function.EDITOR: EDITORS, Function.PROVINCE_ADMIN: EDITORS}


def appoint(actor: Member | None, member: Member, function: Function, unit: Unit, *, now: datetime) -> Post:
    """`member` holds `function` at `unit` from today. A PIN is too little for staff: it ends, and the actor gives
    a one-time code with which she chooses a password. Appointing twice changes nothing."""
    today = timezone.localdate(now)
    with transaction.atomic():
        held = Post.objects.on(today).filter(member=member, function=function, unit=unit).first()
        if held:
            return held
        post = Post.objects.create(member=member, function=function, unit=unit, valid_from=today)
        if member.password.startswith("pin$"):
            member.set_unusable_password()
            member.save(update_fields=["password"])
        sync(member, now=now)
        record(actor, "post.appoint", member, now=now, details={"function": function.value, "unit": unit.pk})
        return post


def dismiss(actor: Member | None, post: Post, *, now: datetime) -> None:
    """The post ends today; whoever holds no other is no longer staff."""
    today = timezone.localdate(now)
    with transaction.atomic():
        member = post.member
        if post.valid_from >= today:
            post.delete()
        else:
            post.valid_to = today
            post.save(update_fields=["valid_to"])
        sync(member, now=now)
        record(actor, "post.dismiss", member, now=now, details={"function": post.function, "unit": post.unit_id})


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
