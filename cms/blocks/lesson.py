"""The stream of a lesson."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.contest import ContestCard
from cms.blocks.imported import ImportedTable, ImportedText
from cms.blocks.media import File, Infographic, Picture, Video, YouTube
from cms.blocks.question import SelfCheck
from cms.blocks.text import TEXT_FEATURES, Callout, Table, Text


class LessonBody(blocks.StreamBlock):
    text = Text(features=TEXT_FEATURES)
    image = Picture()
    video = Video()
    youtube = YouTube()
    document = File()
    infographic = Infographic()
    callout = Callout()
    table = Table()
    question = SelfCheck()
    contest = ContestCard()
    imported_text = ImportedText()
    imported_table = ImportedTable()

    class Meta:
        label = _("Content")
