"""Times in which the service was silent, and those that an organiser gave back to the entrants of a round."""

from django.db import models
from django.db.models import Q

from quizzes.models.contest import Round


class Silence(models.Model):
    """From the last sign of life to the next. The one without an end is going on: each sign of life moves it."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)


class Outage(models.Model):
    """Given back to the entrants of a round. Who gave it stands in the contest's trace.

    `given`: [{"attempt": 7, "deadline_at": "…", "submitted_at": "…" or None, "closed_by": "…", "duration_ms": …,
    "pause_ms": …}, …], each attempt as it was, so that it can be taken back while nobody has used it.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="outages")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    given_at = models.DateTimeField()
    given = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "begins_at"], name="outage_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("begins_at")), name="outage_period"),
        ]
