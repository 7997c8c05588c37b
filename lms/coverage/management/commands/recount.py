"""./dev manage recount: every figure of the dashboards against an independent count of raw rows."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.coverage.actions.rebuilding import rebuild
from lms.coverage.management.raw_count import Difference, differences, read_raw, recount
from lms.coverage.models import IndicatorSet
from lms.coverage.queries.every import every_figure, every_subject
from lms.people.models import UnitVersion

_SHOWN = 50


class Command(BaseCommand):
    help = "Recount all figures from raw rows and compare. Exits 1 and names the figures when they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", action="append", type=date.fromisoformat, help="a day, YYYY-MM-DD; may repeat")
        parser.add_argument("--rebuild", action="store_true", help="first build the read model anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override("vi"):
            if options["rebuild"]:
                rebuild()
            self._compare(options["on"] or _days(timezone.localdate()))

    def _compare(self, days: list[date]) -> None:
        raw, subjects = read_raw(), every_subject()
        found: list[Difference] = []
        compared = 0
        for day in days:
            shown = every_figure(subjects, day)
            for subject in subjects:
                expected = recount(raw, subject, day)
                compared += len(expected)
                found += differences(expected, shown[subject], subject, day)
        if found:
            raise CommandError("\n".join(self._told(found)), returncode=1)
        said = _("%(figures)s figures of %(days)s equal the recount from raw rows.")
        self.stdout.write(said % {"figures": compared, "days": ", ".join(f"{day:%d/%m/%Y}" for day in days)})

    def _told(self, found: list[Difference]) -> list[str]:
        names = dict(UnitVersion.objects.order_by("valid_from").values_list("unit_id", "short_name"))
        head = _("%(count)s figures differ from the recount:") % {"count": len(found)}
        return [head, *(_line(one, names.get(one.unit_id, "?")) for one in found[:_SHOWN])]


def _line(one: Difference, unit: str) -> str:
    said = _(
        "- %(unit)s (no. %(number)s), %(population)s, %(subject)s, %(day)s:"
        " expected %(should)s people and %(did)s trained, the dashboard has %(has)s and %(shows)s"
    )
    return said % {
        "unit": unit, "number": one.unit_id, "population": one.population, "subject": one.subject,
        "day": f"{one.day:%d/%m/%Y}", "should": one.expected[0], "did": one.expected[1],
        "has": one.got[0], "shows": one.got[1],
    }  # fmt: skip


def _days(today: date) -> list[date]:
    """Today, the last two ends of months, and the days that dashboards open with."""
    last = today.replace(day=1) - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    opening = IndicatorSet.objects.exclude(opens_on=None).values_list("opens_on", flat=True)
    return sorted({today, last, before, *(day for day in opening if day)})
