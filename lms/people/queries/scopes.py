"""What a person may see and do, as the tree stands today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from lms.people.engine.path import within
from lms.people.models import Function, Member, Post, UnitVersion


@dataclass(frozen=True)
class Scope:
    """Functions of one person with the paths of the units they are bound to."""

    posts: tuple[tuple[str, str], ...]  # (function, path of the unit)

    @property
    def is_province_admin(self) -> bool:
        return self.has(Function.PROVINCE_ADMIN)

    @property
    def sees_people(self) -> bool:
        """Whether lists of names below some unit are open to this person at all."""
        return bool(self.people_paths)

    @property
    def people_paths(self) -> tuple[str, ...]:
        """Roots of the subtrees whose people this person looks after."""
        return tuple(path for function, path in self.posts if function in _LOOK_AFTER_PEOPLE)

    def has(self, *functions: str) -> bool:
        return any(function in functions for function, _ in self.posts)

    def covers(self, path: str) -> bool:
        """Whether this person looks after the people of the unit at `path`."""
        return any(within(path, root) for root in self.people_paths)


_LOOK_AFTER_PEOPLE = (Function.PROVINCE_ADMIN, Function.UNIT_OFFICER)
NOBODY = Scope(posts=())


def scope_of(member: Member, today: date) -> Scope:
    """The posts that `member` holds today. One query, remembered on the instance for the rest of the request."""
    if not member.is_active:
        return NOBODY
    known: tuple[date, Scope] | None = getattr(member, "_scope", None)
    if known and known[0] == today:
        return known[1]
    posts = Post.objects.on(today).filter(
        Q(unit__versions__valid_to__isnull=True) | Q(unit__versions__valid_to__gt=today),
        unit__versions__valid_from__lte=today,
        member=member,
    )
    scope = Scope(tuple(posts.values_list("function", "unit__versions__path")))
    member._scope = (today, scope)  # type: ignore[attr-defined]  # a cache of this request only
    return scope


def unit_for(member: Member, unit_id: int, today: date) -> UnitVersion:
    """The unit as it is today, if `member` looks after it; else 404, so that nothing is said about its existence."""
    version = UnitVersion.objects.on(today).filter(unit_id=unit_id).first()
    if version is None:
        raise Http404("no such unit today")
    if not scope_of(member, today).covers(version.path):
        raise Http404("outside the member's part of the tree")
    return version
