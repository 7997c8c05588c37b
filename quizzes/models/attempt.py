"""An attempt, its answers, what came too late and what entrants report. The server's clock decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from lms.people.models import PersonClass, Unit
from quizzes.models.contest import Round


class Attempt(models.Model):
    """One entrant's paper and its result.

    `paper`: [{"version": 31, "options": ["c", "a", "b", "d"]}, …], drawn by the server at the start.
    Open while `submitted_at` is empty; `closed_by` says who ended it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="attempts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()  # 1, 2 … within the round
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="attempts", null=True)
    unit_path = models.CharField(max_length=60)  # the unit's path on the day of the start
    person_class = models.CharField(max_length=12, choices=PersonClass)
    paper = models.JSONField()
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=6, blank=True, choices=[("member", "member"), ("server", "server")])
    score = models.DecimalField(max_digits=8, decimal_places=2, default=0)  # known once submitted
    # Nothing is summed while the attempt is open: a sum that moved with each answer would tell the key.
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveSmallIntegerField(default=0)  # known once submitted
    pause_ms = models.PositiveIntegerField(
        default=0, db_default=0
    )  # of outages, given back: part of the deadline, not the duration

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "member", "number"], name="attempt_number"),
            models.UniqueConstraint(
                fields=["round", "member"], condition=Q(submitted_at__isnull=True), name="attempt_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["submitted_at", "deadline_at"], name="attempt_to_close"),
            models.Index(fields=["round", "unit_path"], name="attempt_by_place"),
        ]


class Answer(models.Model):
    """The answer that counts for one place of a paper. `seq` grows on the client: an older one changes nothing."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    place = models.PositiveSmallIntegerField()  # index in the paper
    given = models.JSONField()  # option ids
    seq = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=6, decimal_places=2)
    arrived_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "place"], name="answer_one_a_place")]


class LateAnswer(models.Model):
    """What arrived after the deadline: refused, kept, and shown to entrant and organiser."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="late_answers")
    place = models.PositiveSmallIntegerField()
    given = models.JSONField()
    seq = models.PositiveIntegerField()
    arrived_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "place", "seq"], name="late_answer_once")]


class Incident(models.Model):
    """What "Báo Ban Tổ chức" sends: an entrant's report about one attempt, for the organiser to see."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="incidents")
    text = models.TextField(blank=True)
    on_phone = models.PositiveSmallIntegerField(default=0)  # answers that had not left the phone
    reported_at = models.DateTimeField()
