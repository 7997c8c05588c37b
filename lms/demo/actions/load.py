"""The whole demo, in bulk and always the same but for the days of the open contest."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db.models import QuerySet

import lms.coverage.data
from lms.coverage.actions.indicators import import_indicators, open_on
from lms.coverage.actions.rebuilding import rebuild
from lms.demo.actions.attempts import Entrant
from lms.demo.actions.contests import load_contests
from lms.demo.actions.courses import load_courses
from lms.demo.actions.learning import begin_course, load_completions
from lms.demo.actions.people import load_people
from lms.demo.actions.units import load_units
from lms.demo.data.accounts import ACCOUNTS
from lms.people.models import Member, Membership, UnitVersion

AS_OF = date(2024, 12, 20)  # the day that the demo's dashboard shows: the cut-off of the programme's first full year
INDICATORS = Path(next(iter(lms.coverage.data.__path__))) / "indicators.csv"

Tell = Callable[[str], None]


class AlreadyLoaded(Exception):
    """The database holds people: the demo is loaded into an empty one only."""


def load(*, members: int, now: datetime, tell: Tell) -> None:
    """Fill an empty database with `members` persons and everything they have done."""
    if Member.objects.exists():
        raise AlreadyLoaded
    tell("units and people")
    units = load_units()
    accounts = load_people(units, members=members, now=now)
    tell("courses")
    course = load_courses(accounts["giangvien"], accounts["bientap"], now=now)
    entrants = _entrants(units)
    load_completions(course.activity_key, entrants)
    begin_course(accounts["doanvien"], course.activity_key, now=now)
    tell("contests")
    load_contests(accounts["tochuc"], units["TINH"].unit_id, entrants, now=now)
    tell("coverage")
    import_indicators(INDICATORS.read_bytes(), actor=None, now=now)
    open_on(AS_OF)
    rebuild()


def _entrants(units: dict[str, UnitVersion]) -> list[Entrant]:
    """Everybody in the roster but those whose account is for trying out, in a fixed order."""
    paths = {version.unit_id: version.path for version in units.values()}
    named = [account.full_name for account in ACCOUNTS]
    rows: QuerySet[Membership] = Membership.objects.exclude(member__full_name__in=named).order_by("member_id")
    return [
        Entrant(member, unit, paths[unit], kind)
        for member, unit, kind in rows.values_list("member_id", "unit_id", "person_class")
    ]
