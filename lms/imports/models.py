"""A file on its way in: read once, looked at, then written or dropped."""

from django.db import models


class Batch(models.Model):
    """What was read from one file, waiting for a person's yes. Knows that person by id only."""

    kind = models.CharField(max_length=40)  # "programme"
    filename = models.CharField(max_length=200)
    payload = models.JSONField()
    made_by_id = models.BigIntegerField(db_index=True)
    created_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.filename
