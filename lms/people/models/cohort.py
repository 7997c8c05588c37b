"""A named list of unions that try something out first: the programme's pilots (part IV.1 of the programme)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models.period import Period, PeriodQuerySet, ends_after_it_begins
from lms.people.models.unit import Unit


class Cohort(models.Model):
    code = models.CharField(_("code"), max_length=40, unique=True)  # "pilot-smartca"
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=200, blank=True)

    def __str__(self) -> str:
        return self.title


class CohortUnit(Period):
    """A union, with everything below it, belongs to the cohort in this period."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cohorts")

    objects = PeriodQuerySet["CohortUnit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "unit", "valid_from"], name="cohort_unit_once"),
            ends_after_it_begins("cohort_unit_period"),
        ]
