"""What a reader answered to a lesson's self-check questions: the last answer to each."""

from django.conf import settings
from django.db import models


class CheckAnswer(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="check_answers")
    lesson_key = models.CharField(max_length=80)  # "lesson:<uuid>": outlives the page
    block_id = models.CharField(max_length=36)
    option_id = models.CharField(max_length=36)
    is_right = models.BooleanField()
    tries = models.PositiveSmallIntegerField(default=1)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "lesson_key", "block_id"], name="check_one_answer_a_question")
        ]
