"""The question bank. A published version is never edited: a change is a new version."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.text.fold import fold


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("One right answer")
    MULTIPLE = "multiple", _("Several right answers")
    TRUE_FALSE = "true_false", _("True or false")


class QuestionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    APPROVED = "approved", _("Approved")
    RETIRED = "retired", _("Retired")


class Question(models.Model):
    """A question's lasting identity; what it says stands in its versions."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    topic = models.CharField(_("topic"), max_length=200, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=QuestionState, default=QuestionState.DRAFT)
    verify = models.BooleanField(_("to be verified by a lawyer"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class QuestionVersion(models.Model):
    """What a question says. `options`: [{"id": "a", "text": "…", "pinned": false}, …]; `key`: ids of the right ones."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind)
    stem = models.TextField(_("question"))
    options = models.JSONField(_("options"))
    key = models.JSONField(_("key"))
    explanation = models.TextField(_("explanation"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    search_text = models.TextField(editable=False)
    published_at = models.DateTimeField(null=True, blank=True)  # set = frozen

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="questionversion_number")]

    def __str__(self) -> str:
        return f"{self.question_id}.{self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(self.stem)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
