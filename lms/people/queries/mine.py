"""Everything that the platform keeps about one person, as shown to her."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.people.models import JoinRequest, Member, Membership, Post
from lms.people.queries.places import version_on
from lms.people.registry import registry


@dataclass(frozen=True)
class Part:
    """The rows of one package."""

    package: str
    rows: tuple[dict[str, Any], ...]


def data_about(member: Member) -> list[Part]:
    """One part a package that keeps something, in the order in which they registered."""
    parts = []
    for package, keeper in registry.keepers.items():
        rows = tuple(keeper.personal_data(member.pk)) if keeper.personal_data else ()
        if rows:
            parts.append(Part(package, rows))
    return parts


def own_rows(member_id: int) -> list[dict[str, Any]]:
    """What `people` itself keeps."""
    memberships = Membership.objects.filter(member_id=member_id).order_by("valid_from")
    posts = Post.objects.filter(member_id=member_id).order_by("valid_from")
    asked = JoinRequest.objects.filter(member_id=member_id).order_by("created_at")
    rows: list[dict[str, Any]] = [
        {
            "class": row.get_person_class_display(),
            "unit": _name_on(row.unit_id, row.valid_from),
            "from": row.valid_from,
            "until": row.valid_to,
        }
        for row in memberships
    ]
    rows += [{"function": row.get_function_display(), "from": row.valid_from, "until": row.valid_to} for row in posts]
    rows += [{"request": row.get_state_display(), "at": row.created_at} for row in asked]
    return rows


def _name_on(unit_id: int, day: date) -> str:
    version = version_on(unit_id, day)
    return version.name if version else ""
