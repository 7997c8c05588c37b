"""The ledger: what there is to do (`Activity`) and who has done it (`Completion`), stamped with that day's unit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import PersonClass, Unit


class Kind(models.TextChoices):
    COURSE = "course", _("Course")
    LESSON = "lesson", _("Lesson")
    CONTEST = "contest", _("Contest")
    CLASS = "class", _("Training class")


class Activity(models.Model):
    """Something that can be completed. `key` outlives pages and slugs: "lesson:<uuid>", "contest:12"."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=250)
    url = models.CharField(max_length=500, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    place = models.PositiveIntegerField(default=0)  # order among the parent's parts
    tags = models.JSONField(default=list)  # ["CDS"]: what indicators ask for
    minutes = models.PositiveSmallIntegerField(default=0)  # expected effort
    needs_check = models.BooleanField(default=False)  # a lesson with a self-check question
    is_open = models.BooleanField(default=True)  # published; a closed activity keeps its completions

    class Meta:
        indexes = [models.Index(fields=["parent", "place"], name="activity_parts")]

    def __str__(self) -> str:
        return self.title


class Progress(models.Model):
    """How far a member has come in an activity that isn't finished yet."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="progress")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="progress")
    position = models.CharField(max_length=80, blank=True)  # id of the block last seen
    read_at = models.DateTimeField(null=True, blank=True)  # read to the end
    check_passed_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "activity"], name="progress_one_a_member_activity")]
        indexes = [models.Index(fields=["member", "-touched_at"], name="progress_latest")]


class Completion(models.Model):
    """A member has done an activity: once, for ever, with the unit and class of that day."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="completions")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="completions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="completions", null=True)
    unit_path = models.CharField(max_length=60)
    person_class = models.CharField(max_length=12, choices=PersonClass)
    completed_at = models.DateTimeField()
    completed_on = models.DateField()  # the day in Asia/Ho_Chi_Minh

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "activity"], name="completion_one_a_member_activity")]
        indexes = [
            models.Index(fields=["activity", "unit_path", "completed_on"], name="completion_by_place"),
        ]
