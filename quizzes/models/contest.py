"""A contest and its rounds. `rules` is the validated document that `quizzes.engine.rules` reads."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import Unit
from quizzes.models.bank import QuestionVersion


class ContestState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    OFFICIAL = "official", _("Official result")


class Contest(models.Model):
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="contests")
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="organised_contests"
    )
    state = models.CharField(_("state"), max_length=10, choices=ContestState, default=ContestState.DRAFT)
    rules = models.JSONField(_("rules"), default=dict)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One stretch of time in which attempts may be made. Kept in step with `contest.rules` by the publishing action."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # when the server had closed the last attempt

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="round_number"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="round_period"),
        ]
        indexes = [models.Index(fields=["closed_at", "closes_at"], name="round_to_close")]

    def __str__(self) -> str:
        return self.title


class PoolEntry(models.Model):
    """A question version that a contest's papers may draw, frozen when the contest is published."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="pool")
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="pooled")
    part = models.PositiveSmallIntegerField(default=0)  # index of the blueprint part that draws it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "version"], name="pool_once_a_contest")]
