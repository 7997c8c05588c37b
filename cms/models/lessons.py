"""A lesson: a stream of blocks, read from top to bottom."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import LessonBody
from cms.engine.question import Question, question_of
from cms.models.base import SitePage


class LessonPage(SitePage):
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5, help_text=_("Expected time for the lesson."))
    body = StreamField(LessonBody(), verbose_name=_("content"), blank=True)
    import_key = models.CharField(max_length=120, blank=True, editable=False, db_index=True)
    import_title = models.CharField(max_length=255, blank=True, editable=False)  # as the importer wrote it
    import_original = models.CharField(max_length=255, blank=True, editable=False)  # verbatim, where it was mended

    template = "cms/lesson.html"
    parent_page_types = ["cms.CoursePage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("minutes"), FieldPanel("body")]

    class Meta:
        verbose_name = _("lesson")

    @property
    def activity_key(self) -> str:
        return f"lesson:{self.translation_key}"

    def questions(self) -> dict[str, Question]:
        """Self-check questions by block id, with their keys: for the server only."""
        return {block.id: question_of(block) for block in self.body if block.block_type == "question"}

    def block_ids(self) -> list[str]:
        return [block.id for block in self.body]

    def plain_text(self) -> str:
        texts = (str(text) for text in self.body.stream_block.get_searchable_content(self.body))
        return " ".join(text for text in texts if text not in ("", "None"))
