"""Indicator sets from a file: all of it or nothing, and again without doubling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.audit.actions import record
from lms.coverage.actions.indicators_text import sentence
from lms.coverage.actions.rebuilding import rebuild_subjects
from lms.coverage.engine.indicators_file import Problem, Row, read_indicators
from lms.coverage.models import Indicator, IndicatorSet
from lms.people.models import Member


class IndicatorFileError(Exception):
    """The file can't be used; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.sentences = [sentence(problem) for problem in problems]
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True)
class Imported:
    made: int
    changed: int
    same: int
    not_in_file: list[str]  # codes of the same sets that the file doesn't name; they stay


def import_indicators(content: bytes, *, actor: Member | None, now: datetime) -> Imported:
    """Writes the sets and indicators of the file. IndicatorFileError if anything in it is wrong."""
    reading = read_indicators(content)
    if reading.problems:
        raise IndicatorFileError(reading.problems)
    with transaction.atomic():
        sets = _write_sets(reading.rows)
        outcomes = [_write(place, row, sets[row.texts["period_code"]]) for place, row in enumerate(reading.rows)]
        left = Indicator.objects.filter(set__in=sets.values())
        names = [row.texts["code"] for row in reading.rows]
        imported = Imported(
            made=outcomes.count("made"),
            changed=outcomes.count("changed"),
            same=outcomes.count("same"),
            not_in_file=list(left.exclude(code__in=names).values_list("code", flat=True)),
        )
        if imported.made or imported.changed:
            for indicator_set in sets.values():
                record(actor, "indicators.import", indicator_set, now=now, details={"rows": len(names)})
    rebuild_subjects()
    return imported


def _write_sets(rows: Iterable[Row]) -> dict[str, IndicatorSet]:
    sets: dict[str, IndicatorSet] = {}
    for row in rows:
        code, (first, last, stretch) = row.texts["period_code"], row.period
        if code not in sets:
            title = _("Stage %(first)s–%(last)s") % {"first": first, "last": last}
            sets[code], _made = IndicatorSet.objects.update_or_create(
                code=code,
                defaults={
                    "period_from": date(first, 1, 1),
                    "period_to": date(last, 12, 31),
                    "stretch_to": date(stretch, 12, 31) if stretch else None,
                },
                create_defaults={
                    "title": title,
                    "period_from": date(first, 1, 1),
                    "period_to": date(last, 12, 31),
                    "stretch_to": date(stretch, 12, 31) if stretch else None,
                },
            )
    return sets


def _write(place: int, row: Row, indicator_set: IndicatorSet) -> str:
    texts = row.texts
    same_names = ("population", "unit_level", "operator", "target_unit", "frequency", "scope_note", "source_kind",
                  "how_computed", "seed_ref", "owner_function", "owner_source")  # fmt: skip
    wanted = {name: texts[name] for name in same_names} | {
        "set": indicator_set,
        "place": place,
        "name_vi": texts["indicator_vi"],
        "name_en": texts["indicator_en"],
        "target": row.target,
    }
    indicator, made = Indicator.objects.get_or_create(code=texts["code"], defaults=wanted)
    if made:
        return "made"
    changed = [name for name, value in wanted.items() if getattr(indicator, name) != value]
    if not changed:
        return "same"
    for name in changed:
        setattr(indicator, name, wanted[name])
    indicator.save(update_fields=changed)
    return "changed"


def open_on(day: date | None) -> None:
    """The day that dashboards show first, for every set; None for the present day."""
    IndicatorSet.objects.update(opens_on=day)
