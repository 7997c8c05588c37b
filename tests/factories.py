"""Typed makers of rows for tests. No surprises: what isn't named gets the plainest value."""

from datetime import date
from itertools import count

from lms.people.engine.path import child_path
from lms.people.models import Level, Member, Membership, PersonClass, Post, Unit, UnitVersion

_numbers = count(1)
FOUNDED = date(2023, 1, 1)


def make_unit(
    name: str, *, level: str = Level.GRASSROOTS, parent: UnitVersion | None = None, since: date = FOUNDED
) -> UnitVersion:
    number = next(_numbers)
    unit = Unit.objects.create(code=f"T{number:05d}", entry_code=f"{100000 + number}")
    return UnitVersion.objects.create(
        unit=unit,
        name=name,
        short_name=name,
        level=level,
        parent=parent.unit if parent else None,
        path=child_path(parent.path if parent else "", unit.pk),
        valid_from=since,
    )


def make_member(
    full_name: str,
    *,
    unit: UnitVersion | None = None,
    person_class: str = PersonClass.MEMBER,
    phone: str = "",
    birth_year: int | None = 1990,
    password: str | None = None,
    since: date = FOUNDED,
    is_staff: bool = False,
) -> Member:
    number = next(_numbers)
    member = Member.objects.create_user(
        f"tv{number:06d}",
        password,
        full_name=full_name,
        phone=phone,
        birth_year=birth_year,
        is_staff=is_staff,
    )
    if unit:
        Membership.objects.create(member=member, unit=unit.unit, person_class=person_class, valid_from=since)
    return member


def make_post(member: Member, function: str, unit: UnitVersion, *, since: date = FOUNDED) -> Post:
    return Post.objects.create(member=member, function=function, unit=unit.unit, valid_from=since)
