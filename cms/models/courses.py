"""The list of courses, and a course: an official document or a subject, taught lesson by lesson."""

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from cms.blocks.text import SHORT_FEATURES
from cms.models.base import SitePage


class CourseIndexPage(SitePage):
    intro = models.TextField(_("introduction"), blank=True, max_length=600)

    template = "cms/course_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CoursePage"]
    admin_default_ordering = "ord"
    content_panels = [*SitePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of courses")

    def plain_text(self) -> str:
        return self.intro


class CoursePage(SitePage):
    summary = models.TextField(
        _("summary"), blank=True, max_length=400, help_text=_("One or two sentences, shown in the list of courses.")
    )
    intro = RichTextField(_("introduction"), blank=True, features=SHORT_FEATURES)
    tag_line = models.CharField(
        _("subject codes"),
        max_length=120,
        blank=True,
        help_text=_("Divided by commas, such as “CDS”. Indicators of coverage ask for them."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=0, help_text=_("0: the sum of the lessons’ minutes.")
    )
    document_title = models.CharField(_("document"), max_length=300, blank=True)
    document_number = models.CharField(_("number"), max_length=60, blank=True)
    document_date = models.DateField(_("date"), null=True, blank=True)
    document_issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    document_file = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the document’s file"),
    )
    import_key = models.CharField(max_length=120, blank=True, editable=False, db_index=True)

    template = "cms/course.html"
    parent_page_types = ["cms.CourseIndexPage"]
    subpage_types = ["cms.LessonPage"]
    admin_default_ordering = "ord"  # the order of the lessons, changed by hand
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("tag_line"),
        FieldPanel("minutes"),
        MultiFieldPanel(
            [
                FieldPanel("document_title"),
                FieldPanel("document_number"),
                FieldPanel("document_date"),
                FieldPanel("document_issuer"),
                FieldPanel("document_file"),
            ],
            heading=_("The document that the course teaches"),
        ),
    ]

    class Meta:
        verbose_name = _("course")

    @property
    def activity_key(self) -> str:
        return f"course:{self.translation_key}"

    @property
    def tags(self) -> list[str]:
        return [word.strip() for word in self.tag_line.split(",") if word.strip()]

    @tags.setter
    def tags(self, words: list[str]) -> None:
        self.tag_line = ", ".join(words)

    def plain_text(self) -> str:
        return " ".join(
            [self.summary, strip_tags(self.intro), self.document_title, self.document_number, self.document_issuer]
        )
