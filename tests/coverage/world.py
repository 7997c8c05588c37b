"""Small worlds for coverage tests: courses, memberships and a naive count to compare with."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from lms.coverage.actions.indicators import import_indicators
from lms.learning import actions
from lms.learning.models import Activity
from lms.people.models import Member

NOW = datetime(2024, 12, 20, 3, tzinfo=UTC)
DAY = date(2024, 12, 20)
HEADER = (
    "code,indicator_vi,indicator_en,population,unit_level,operator,target_value,target_unit,frequency,period_code,"
    "period_from,period_to,stretch_to,scope_note,source_kind,how_computed,seed_ref,owner_function,owner_source"
)
P1_01 = (
    "P1-01,Cán bộ chuyên trách,Full-time cadres,full_time_cadres,person,>=,100,percent,cumulative,P1,"
    "2023,2025,,,platform,distinct,II.2.1,,"
)


def make_indicators(*rows: str) -> None:
    content = "\n".join([HEADER, *(rows or (P1_01,))])
    import_indicators(content.encode(), actor=None, now=NOW)


def make_course(key: str = "course:1", *, tags: Iterable[str] = ("CDS",), kind: str = "course") -> Activity:
    return actions.open_activity(key=key, kind=kind, title=f"Khóa {key}", url=f"/{key}/", tags=tags)


def done(member: Member, activity: Activity, day: date = DAY) -> None:
    actions.complete(member, activity, now=datetime(day.year, day.month, day.day, 5, tzinfo=UTC))
