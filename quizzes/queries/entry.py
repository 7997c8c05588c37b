"""Who may enter a contest, and who runs it."""

from datetime import date

from lms.people.engine.path import last_unit, within
from lms.people.models import Function, Member, Membership, UnitVersion
from lms.people.queries.scopes import scope_of
from quizzes.engine.rules import Rules
from quizzes.models import Contest
from quizzes.queries.bank import may_write_questions


def class_of(member: Member, day: date) -> str | None:
    """The class of person that `member` belongs to on `day`; None outside every union. One query."""
    return Membership.objects.on(day).filter(member=member).values_list("person_class", flat=True).first()


def may_enter(member: Member, contest: Contest, rules: Rules, person_class: str | None, day: date) -> bool:
    """Whether `member` is among those the rules admit. Who organises a contest or writes questions enters none."""
    knows_keys = contest.organiser_id == member.pk or (member.is_staff and may_write_questions(member, day))
    return person_class in rules.eligible and not knows_keys


def organises(member: Member, contest: Contest, day: date) -> bool:
    """Whether `member` may write and run `contest`: the province, or an organiser at or above its owner."""
    scope = scope_of(member, day)
    if scope.is_province_admin:
        return True
    if not scope.has(Function.ORGANISER):
        return False
    owner = UnitVersion.objects.on(day).filter(unit_id=contest.owner_id).values_list("path", flat=True).first()
    return owner is not None and any(
        within(owner, path) for function, path in scope.posts if function == Function.ORGANISER
    )


def home_of_contests(member: Member, day: date) -> int | None:
    """The unit on whose behalf `member` organises contests today (the highest); None for everybody else."""
    scope = scope_of(member, day)
    paths = [path for function, path in scope.posts if function in (Function.PROVINCE_ADMIN, Function.ORGANISER)]
    return last_unit(min(paths, key=len)) if paths else None


def is_staff_of_anything(member: Member, day: date) -> bool:
    """Whether `member` holds any post: staff see every published contest."""
    return bool(scope_of(member, day).posts)
