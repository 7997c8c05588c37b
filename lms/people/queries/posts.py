"""Posts on a person's page: what she holds and held, and who may give and end them."""

from dataclasses import dataclass
from datetime import date

from lms.people.engine.path import unit_ids
from lms.people.models import Function, Level, Member, Post, UnitVersion
from lms.people.queries.places import version_on
from lms.people.queries.scopes import scope_of


@dataclass(frozen=True)
class PostLine:
    """One post with what the viewer may do about it."""

    post: Post
    unit_name: str
    is_over: bool
    may_end: bool
    may_take_back: bool


def posts_of(viewer: Member, member: Member, today: date) -> list[PostLine]:
    """Every post of the person, those of today first."""
    posts = list(Post.objects.filter(member=member).order_by("-valid_from", "-pk"))
    names = dict(
        UnitVersion.objects.filter(unit_id__in={post.unit_id for post in posts})
        .order_by("valid_from")
        .values_list("unit_id", "short_name")
    )
    lines = [
        PostLine(
            post,
            names.get(post.unit_id, ""),
            is_over=post.valid_to is not None and post.valid_to <= today,
            may_end=may_end(viewer, post, today),
            may_take_back=may_take_back(viewer, post, today),
        )
        for post in posts
    ]
    return sorted(lines, key=lambda line: line.is_over)


def functions_to_give(viewer: Member, member: Member, today: date) -> list[Function]:
    """An officer appoints officers of the own part of the tree; all else reaches the whole province and is the
    administrator's. Nobody appoints herself."""
    scope = scope_of(viewer, today)
    if viewer.pk == member.pk or member.is_superuser or not member.is_active:
        return []
    if scope.is_province_admin:
        return [Function.UNIT_OFFICER, Function.TRAINER, Function.EDITOR, Function.ORGANISER, Function.PROVINCE_ADMIN]
    return [Function.UNIT_OFFICER] if scope.sees_people else []


def places_to_give(viewer: Member, unit: UnitVersion | None, today: date) -> list[UnitVersion]:
    """Where the viewer may appoint a person of `unit` as officer: there, above it, and at any upper-level union."""
    scope = scope_of(viewer, today)
    above = set(unit_ids(unit.path)) if unit else set()
    units = UnitVersion.objects.on(today).select_related("unit").order_by("path")
    near = units.filter(unit_id__in=above) | units.filter(level__in=(Level.UPPER, Level.PROVINCE))
    return [version for version in near if scope.covers(version.path)]


def whole_province(today: date) -> UnitVersion | None:
    """The top of the tree, to which all posts but an officer's are bound."""
    return UnitVersion.objects.on(today).filter(parent=None).select_related("unit").order_by("path").first()


def may_give(viewer: Member, member: Member, function: str, unit_id: int, today: date) -> bool:
    place = version_on(unit_id, today)
    if place is None or not scope_of(viewer, today).covers(place.path):
        return False
    return function in functions_to_give(viewer, member, today)


def may_end(viewer: Member, post: Post, today: date) -> bool:
    return _holds_on(post, today) and _decides(viewer, post, today)


def may_take_back(viewer: Member, post: Post, today: date) -> bool:
    """Only on the day on which it was ended, and unless the same post has been given anew."""
    if post.valid_to != today or not _decides(viewer, post, today):
        return False
    same = Post.objects.on(today).filter(member_id=post.member_id, unit_id=post.unit_id, function=post.function)
    return not same.exists()


def _holds_on(post: Post, day: date) -> bool:
    return post.valid_from <= day and (post.valid_to is None or post.valid_to > day)


def _decides(viewer: Member, post: Post, today: date) -> bool:
    """Nobody ends her own post: so one administrator always stays. A union that is gone is the administrator's."""
    scope = scope_of(viewer, today)
    if viewer.pk == post.member_id:
        return False
    if scope.is_province_admin:
        return True
    place = version_on(post.unit_id, today)
    return post.function == Function.UNIT_OFFICER and place is not None and scope.covers(place.path)
