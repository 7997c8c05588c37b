"""The one append-only trace of what staff do. Ids and salted digests only, so that a person can be erased."""

from django.db import models


class Event(models.Model):
    """One deed. Events of one object form a chain: each digest covers the one before."""

    actor_id = models.BigIntegerField(null=True)  # a member's id; None = the system. No key: people may be erased
    verb = models.CharField(max_length=60)  # "contest.publish"
    object_type = models.CharField(max_length=60)  # "quizzes.contest"
    object_id = models.CharField(max_length=60)
    number = models.PositiveIntegerField()  # 1, 2, 3 … within the object's chain
    details = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "number"], name="audit_one_chain_an_object")
        ]
        indexes = [models.Index(fields=["actor_id", "happened_at"], name="audit_actor")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}:{self.object_id} #{self.number}"
