"""Every figure that some dashboard shows as of a day: what the recount is compared with."""

from collections.abc import Collection
from datetime import date

from lms.coverage.engine.figures import POPULATIONS
from lms.coverage.queries.aims import all_aims
from lms.coverage.queries.sums import branches, people, total
from lms.people.models import UnitVersion

Figures = dict[tuple[int, str], tuple[int, int]]  # unit, population -> people who should, people who did


def every_figure(subjects: Collection[str], day: date) -> dict[str, Figures]:
    """All figures by subject, by the very query of the dashboards: one query a union."""
    figures: dict[str, Figures] = {subject: {} for subject in subjects}
    for unit_id, path in UnitVersion.objects.on(day).values_list("unit_id", "path"):
        found = people(path, subjects, day)
        for subject in subjects:
            for population, classes in POPULATIONS.items():
                count = total(branches(found, subject, classes))
                figures[subject][(unit_id, population)] = (count.roster, count.trained)
    return figures


def every_subject() -> list[str]:
    return [aim.key for aim in all_aims()]
