"""Indicator sets: imported data with stages and targets (`indicators.csv`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    PLATFORM = "platform", _("Computed here")
    REPORTED = "reported", _("Reported by unions")
    SURVEY = "survey", _("Survey")
    MIXED = "mixed", _("Computed and reported")


class IndicatorSet(models.Model):
    """One stage of a programme. Two sets may hold at once: both stages of the first one contain 2025."""

    code = models.CharField(max_length=20, unique=True)  # "P1"
    title = models.CharField(max_length=250)
    period_from = models.DateField()
    period_to = models.DateField()  # the last day
    stretch_to = models.DateField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)  # the day that dashboards open with; empty = today

    def __str__(self) -> str:
        return self.code


class Indicator(models.Model):
    """One row of the file, typed. Texts are quoted from the programme, so they are data and not translated."""

    set = models.ForeignKey(IndicatorSet, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=20, unique=True)  # "P1-01"
    place = models.PositiveSmallIntegerField()  # order in the file
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    population = models.CharField(max_length=60)
    unit_level = models.CharField(max_length=20)
    operator = models.CharField(max_length=2)
    target = models.DecimalField(max_digits=12, decimal_places=2)
    target_unit = models.CharField(max_length=40)
    frequency = models.CharField(max_length=20)
    scope_note = models.TextField(blank=True)
    source_kind = models.CharField(max_length=10, choices=SourceKind)
    how_computed = models.TextField()
    seed_ref = models.CharField(max_length=100)
    owner_function = models.CharField(max_length=120, blank=True)
    owner_source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["set__code", "place"]

    def __str__(self) -> str:
        return self.code
