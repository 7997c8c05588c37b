"""Used-up tries, in the database: they survive a restart and hold for requests that come at the same moment."""

from django.db import models

from lms.people.engine.tries import Used, Window


class Tries(models.Model):
    """One row of the roster ("pin:12"), or one unknown name that somebody typed (its digest)."""

    key = models.CharField(max_length=80, unique=True)
    short_since = models.DateTimeField()
    short_used = models.PositiveSmallIntegerField(default=0)
    day_since = models.DateTimeField()
    day_used = models.PositiveSmallIntegerField(default=0)

    @property
    def used(self) -> Used:
        return Used(Window(self.short_since, self.short_used), Window(self.day_since, self.day_used))

    @used.setter
    def used(self, used: Used) -> None:
        self.short_since, self.short_used = used.short.since, used.short.used
        self.day_since, self.day_used = used.day.since, used.day.used
