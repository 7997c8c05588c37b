"""Who is alive and who keeps the clock."""

from django.db import models

CLOCK, WORKER = "clock", "worker:"


class Lease(models.Model):
    """A role that one process holds as long as it renews it: `clock`, or `worker:<its name>` as its sign of life."""

    name = models.CharField(max_length=100, primary_key=True)
    holder = models.CharField(max_length=64)
    renewed_at = models.DateTimeField()
