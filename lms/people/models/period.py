"""What every dated row shares: a first day, and the first day on which it holds no longer."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

_M = TypeVar("_M", bound=models.Model)


class PeriodQuerySet(models.QuerySet[_M]):
    def on(self, day: date) -> Self:
        """Rows that hold on `day` (valid_from <= day < valid_to; an open row has no end)."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Period(models.Model):
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (the first day on which it no longer holds)"), null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name)
