"""Somebody whom no roster row matched asks the union's officer to be let in."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.unit import Unit


class RequestState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        return self.filter(state=RequestState.WAITING)


class JoinRequest(models.Model):
    full_name = models.CharField(_("full name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=10)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="join_requests")
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.WAITING)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)  # a member's id; the trace tells the rest
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="join_requests"
    )
    made_member = models.BooleanField(default=False)  # approving made a new row of the roster
    previous_phone = models.CharField(max_length=10, blank=True)  # what approving replaced, for undoing

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "phone", "full_name"],
                condition=Q(state=RequestState.WAITING),
                name="joinrequest_one_waiting",
            )
        ]
        indexes = [models.Index(fields=["state", "unit"], name="joinrequest_state")]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.state})"
