"""A one-time code that an officer hands to a person of the own subtree. Only its digest is kept."""

from django.conf import settings
from django.db import models


class OneTimeCode(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="one_time_codes")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    given_by_id = models.BigIntegerField()  # a member's id; the trace tells the rest

    class Meta:
        indexes = [models.Index(fields=["member", "used_at"], name="onetimecode_open")]
