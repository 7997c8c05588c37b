"""What a person may do, where in the tree, and when. Bound to functions, not to department names."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models.period import Period, PeriodQuerySet, ends_after_it_begins
from lms.people.models.unit import Unit


class Function(models.TextChoices):
    PROVINCE_ADMIN = "province_admin", _("Province administrator")
    UNIT_OFFICER = "unit_officer", _("Unit officer")
    TRAINER = "trainer", _("Trainer")
    EDITOR = "editor", _("Editor")
    ORGANISER = "organiser", _("Contest organiser")


class Post(Period):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    function = models.CharField(_("function"), max_length=16, choices=Function)
    title = models.CharField(_("title"), max_length=120, blank=True)

    objects = PeriodQuerySet["Post"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "unit", "function", "valid_from"], name="post_once_a_member_unit_function"
            ),
            ends_after_it_begins("post_period"),
        ]
