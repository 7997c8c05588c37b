"""The small figures of a member's own union, for the home page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum

from lms.coverage.engine.figures import POPULATIONS, Count
from lms.coverage.engine.subjects import ROSTER
from lms.coverage.models import Tally
from lms.coverage.queries.sums import as_of
from lms.people.engine.path import subtree_range
from lms.people.models import Member, UnitVersion


@dataclass(frozen=True)
class Figure:
    """How many people of the union have done one course or contest."""

    unit_id: int
    unit_name: str
    title: str
    url: str
    count: Count

    @property
    def percent(self) -> Decimal:
        return self.count.percent


_MOST = 3


def own_unit_figures(member: Member, today: date) -> list[Figure]:
    """The latest open courses and contests of the member's own union, everybody counted. Two queries.

    Empty for people without a union and for unions that are in no denominator.
    """
    unit = (
        UnitVersion.objects.on(today)
        .filter(
            Q(unit__memberships__valid_to__isnull=True) | Q(unit__memberships__valid_to__gt=today),
            unit__memberships__valid_from__lte=today,
            unit__memberships__member=member,
            counted=True,
        )
        .order_by("-unit__memberships__valid_from")
        .values("unit_id", "short_name", "path")
        .first()
    )
    if unit is None:
        return []
    low, high = subtree_range(unit["path"])
    months, days = (
        Tally.objects.filter(span, path__gte=low, path__lt=high, person_class__in=POPULATIONS["all"])
        .values(
            key=F("subject__key"),
            activity=F("subject__activity"),
            title=F("subject__activity__title"),
            url=F("subject__activity__url"),
            is_open=F("subject__activity__is_open"),
        )
        .annotate(total=Sum("people"))
        for span in as_of(today)
    )
    return _figures(unit, months.union(days, all=True))


def _figures(unit: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[Figure]:
    totals: Counter[str] = Counter()
    open_ones: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        totals[row["key"]] += row["total"]
        if row["is_open"]:
            open_ones[row["key"]] = row
    latest = sorted(open_ones.values(), key=lambda row: -row["activity"])[:_MOST]
    return [
        Figure(unit["unit_id"], unit["short_name"], row["title"], row["url"], Count(totals[ROSTER], totals[row["key"]]))
        for row in latest
    ]
