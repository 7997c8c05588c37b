"""The page at "/". Members see what to do today, visitors what this is."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.blocks.text import SHORT_FEATURES
from cms.models.base import SitePage


class HomePage(SitePage):
    """Its texts are for visitors; what a member sees comes from `cms.views.today`."""

    lead = models.TextField(_("What this is, in one or two sentences"), blank=True, max_length=400)
    intro = RichTextField(_("More for visitors"), blank=True, features=SHORT_FEATURES)

    template = "cms/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.CourseIndexPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("lead"), FieldPanel("intro")]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("home page")

    def plain_text(self) -> str:
        return self.lead

    def get_view_restrictions(self) -> list[Any]:
        """The home page is for everybody: nothing to ask the database for."""
        return []
