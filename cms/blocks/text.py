"""Words: running text, a table pasted from a spreadsheet, a marked passage."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.choosers import FileChooser

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "superscript"]
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Text(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Running text")


class Table(blocks.StructBlock):
    """Rows as lines, cells divided by a tab: what a spreadsheet or Word puts on the clipboard."""

    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    rows = blocks.TextBlock(
        label=_("Rows"),
        help_text=_(
            "One line a row. Divide cells by a tab or by “|”. A table copied from a spreadsheet can be pasted."
        ),
    )
    has_header = blocks.BooleanBlock(label=_("The first row is the header"), required=False, default=True)

    class Meta:
        icon = "table"
        label = _("Table")


class Callout(blocks.StructBlock):
    """A passage set apart: the legal basis of what is taught, a note, a warning."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("legal", _("Legal basis")), ("note", _("Note")), ("warning", _("Warning"))],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_FEATURES)
    reference = blocks.CharBlock(
        label=_("Reference"),
        required=False,
        max_length=200,
        help_text=_("Number, date and article of the document, and whether it is still in force."),
    )
    document = FileChooser(label=_("Document"), required=False)
    link = blocks.URLBlock(label=_("Link to the document"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
