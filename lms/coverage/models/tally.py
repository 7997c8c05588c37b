"""The read model: how many people each union gained and lost, by subject, class and day (decision 0020).

A figure as of a day is a sum of tallies, so increments commute and any day can be asked for.
"""

from django.db import models

from lms.learning.models import Activity
from lms.people.models import PersonClass, Unit


class Subject(models.Model):
    """What is counted: the roster itself, people who completed one activity, or any course with a tag in a period."""

    key = models.CharField(max_length=120, unique=True)  # "roster" | "activity:7" | "tag:CDS:2023-01-01:2025-12-31"
    activity = models.OneToOneField(Activity, models.CASCADE, null=True, blank=True, related_name="subject")

    def __str__(self) -> str:
        return self.key


class Span(models.IntegerChoices):
    MONTH = 1
    DAY = 2


class Tally(models.Model):
    """Change of the number of people within one span, at the union's own place only (sums make the tree)."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="tallies", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tallies")
    path = models.CharField(max_length=60)  # of the unit in that time
    person_class = models.CharField(max_length=12, choices=PersonClass)
    span = models.PositiveSmallIntegerField(choices=Span)
    starts = models.DateField()  # first day of the month, or the day
    people = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "span", "path", "person_class", "starts"], name="tally_once_a_span"
            )
        ]
        # Small unions are found by path in the constraint's index, the province's sums are read off this one alone.
        indexes = [
            models.Index(fields=["subject", "span", "starts", "path", "person_class", "people"], name="tally_by_time")
        ]
