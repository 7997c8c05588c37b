"""To which union a person belonged when, and as what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.period import Period, PeriodQuerySet, ends_after_it_begins
from lms.people.models.unit import Unit


class PersonClass(models.TextChoices):
    FULL_TIME = "full_time", _("Full-time cadre")
    PART_TIME = "part_time", _("Part-time cadre")
    MEMBER = "member", _("Member")
    WORKER = "worker", _("Worker who is not a member")


class Membership(Period):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    person_class = models.CharField(_("class of person"), max_length=12, choices=PersonClass)

    objects = PeriodQuerySet["Membership"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(valid_to__isnull=True), name="membership_one_open_a_member"
            ),
            ends_after_it_begins("membership_period"),
        ]
        indexes = [models.Index(fields=["unit", "valid_from", "valid_to"], name="membership_unit")]
