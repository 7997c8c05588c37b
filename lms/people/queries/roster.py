"""Rows of the roster: whom a person who joins may be, and whom an officer may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from lms.people.engine.path import WIDTH, subtree_range, unit_ids
from lms.people.models import Function, Level, Member, Membership, Post, UnitVersion
from lms.people.queries.scopes import scope_of
from lms.text.fold import fold
from lms.text.phones import normal_phone


def unit_by_entry_code(code: str, today: date) -> UnitVersion | None:
    """The union whose slip carries `code`, as it is today."""
    return UnitVersion.objects.on(today).select_related("unit").filter(unit__entry_code__iexact=code.strip()).first()


def rows_with_phone(phone: str) -> list[Member]:
    """Rows of the roster with this telephone, whoever and wherever they are."""
    return list(Member.objects.filter(phone=phone, is_active=True).order_by("pk")[:20])


def member_ids_in(unit_id: int, today: date) -> set[int]:
    return set(Membership.objects.on(today).filter(unit_id=unit_id).values_list("member_id", flat=True))


@dataclass(frozen=True)
class Person:
    """One person as her officer sees her."""

    member: Member
    membership: Membership | None
    unit: UnitVersion | None


def people_for(viewer: Member, today: date, *, text: str = "", unit_id: int | None = None) -> QuerySet[Membership]:
    """Memberships of today in the viewer's part of the tree, by given name; `text` is a name or a phone."""
    units = UnitVersion.objects.on(today).filter(_below(scope_of(viewer, today).people_paths))
    if unit_id is not None:
        root = units.filter(unit_id=unit_id).first()
        units = units.under(root.path) if root else units.none()
    people = Membership.objects.on(today).filter(unit_id__in=units.values("unit_id"))
    if text.strip():
        people = people.filter(_named(text))
    return people.select_related("member").order_by("member__sort_key", "member_id")


def unit_names(unit_ids: set[int], today: date) -> dict[int, str]:
    return dict(UnitVersion.objects.on(today).filter(unit_id__in=unit_ids).values_list("unit_id", "short_name"))


def upper_units_for(viewer: Member, today: date) -> list[UnitVersion]:
    """Unions to choose from above the list: the viewer's own and those directly below."""
    roots = scope_of(viewer, today).people_paths
    lengths = {len(root) for root in roots} | {len(root) + WIDTH for root in roots}
    units = UnitVersion.objects.on(today).filter(_below(roots)).exclude(level=Level.SECTION)
    return [unit for unit in units.order_by("path") if len(unit.path) in lengths]


def member_for(viewer: Member, member_id: int, today: date) -> Person:
    """The person, if she belongs (or last belonged) to the viewer's part of the tree; else 404."""
    member = Member.objects.filter(pk=member_id).first()
    if member is None:
        raise Http404("no such person")
    membership = Membership.objects.filter(member=member).order_by("-valid_from").first()
    unit = (
        UnitVersion.objects.filter(unit_id=membership.unit_id).order_by("-valid_from").first() if membership else None
    )
    scope = scope_of(viewer, today)
    if not (scope.covers(unit.path) if unit else scope.is_province_admin):
        raise Http404("outside the viewer's part of the tree")
    return Person(member, membership, unit)


def may_help_to_sign_in(viewer: Member, member: Member, today: date) -> bool:
    """Whether `viewer` may give `member` a one-time code: never to oneself, never to somebody who may do more."""
    if viewer.pk == member.pk or member.is_superuser or not member.is_active:
        return False
    mine, theirs = scope_of(viewer, today), scope_of(member, today)
    if mine.is_province_admin:
        return True
    if member.is_staff and not theirs.posts:  # a right given elsewhere, for example in Wagtail's groups
        return False
    others = [function for function, _ in theirs.posts if function != Function.UNIT_OFFICER]
    return not others and all(mine.covers(path) for _, path in theirs.posts)


def may_erase(viewer: Member, member: Member, today: date) -> bool:
    """Only an administrator of the province, on the person's own demand; never herself."""
    return scope_of(viewer, today).is_province_admin and viewer.pk != member.pk and not member.is_superuser


def _below(roots: tuple[str, ...]) -> Q:
    wanted = Q(pk__in=())
    for root in roots:
        low, high = subtree_range(root)
        wanted |= Q(path__gte=low, path__lt=high)
    return wanted


def _named(text: str) -> Q:
    wanted = Q(member__search_text__contains=fold(" ".join(text.split())))
    digits = normal_phone(text) or "".join(c for c in text if c.isdigit())
    if len(digits) >= 3:
        wanted |= Q(member__phone__contains=digits)
    return wanted


def officers_of(member: Member, path: str, today: date, *, most: int = 3) -> list[str]:
    """Names of the officers nearest to `member` of the unit at `path`: of that unit, else of the one above."""
    posts = Post.objects.on(today).filter(unit_id__in=unit_ids(path), function=Function.UNIT_OFFICER)
    posts = posts.exclude(member=member)
    held = list(posts.select_related("member").order_by("pk"))
    for unit_id in reversed(unit_ids(path)):
        names = [post.member.full_name for post in held if post.unit_id == unit_id]
        if names:
            return names[:most]
    return []
