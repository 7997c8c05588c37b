"""Unions with history: `Unit` is who it is for ever, `UnitVersion` what it was called and where it stood when."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.engine.path import subtree_range
from lms.people.models.period import Period, PeriodQuerySet, ends_after_it_begins
from lms.text.fold import fold
from lms.text.sorting import sort_key


class Level(models.TextChoices):
    PROVINCE = "province", _("Provincial federation")
    UPPER = "upper", _("Upper-level union")
    GRASSROOTS = "grassroots", _("Grassroots union")
    SECTION = "section", _("Union section")


class Unit(models.Model):
    """A union's lasting identity. Its entry code stands on the slip that its officer hands out."""

    code = models.CharField(_("code"), max_length=24, unique=True)
    entry_code = models.CharField(_("entry code"), max_length=12, unique=True)

    def __str__(self) -> str:
        return self.code


class UnitVersionQuerySet(PeriodQuerySet["UnitVersion"]):
    def under(self, path: str) -> Self:
        """The unit at `path` and everything below it, as one indexed range."""
        low, high = subtree_range(path)
        return self.filter(path__gte=low, path__lt=high)


class UnitVersion(Period):
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_versions")
    path = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=700, editable=False)
    search_text = models.CharField(max_length=300, editable=False)
    counted = models.BooleanField(
        _("counts in denominators"),
        default=True,
        help_text=_(
            "Off for grassroots unions of central unions in the area: they learn and compete, but don't count."
        ),
    )
    decision_no = models.CharField(_("decision number"), max_length=60, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to__isnull=True), name="unit_one_open_version"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_one_version_a_day"),
            ends_after_it_begins("unitversion_period"),
        ]
        indexes = [models.Index(fields=["path", "valid_from", "valid_to"], name="unitversion_path")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def fill(self) -> None:
        """Computed columns; bulk creation calls this itself."""
        self.sort_key = sort_key(self.short_name)[:700]
        self.search_text = fold(f"{self.name} {self.short_name}")[:300]
