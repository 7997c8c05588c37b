"""A passage that came out of an official document and still knows it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.text import TEXT_FEATURES, Table


class Kept(blocks.FieldBlock):
    """A value that the editor carries along without showing it."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
        super().__init__(**kwargs)

    def get_prep_value(self, value: Any) -> str:
        return str(value or "")

    class Meta:
        default = ""
        form_classname = "benhoc-kept"


class ImportedText(blocks.StructBlock):
    """Rich text made from a document.

    `source` is the HTML as the importer wrote it (compare with `text` to see whether somebody has edited the passage
    since: unedited passages are renewed on the next import, edited ones kept), `origin` is the importer's own name for
    the passage, the same at every import, `original` is the verbatim text when a slip was corrected in `text`.
    """

    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    source = Kept()
    origin = Kept()
    original = Kept()

    class Meta:
        icon = "doc-full"
        label = _("Text from a document")


class ImportedTable(Table):
    """A table made from a document; `source`, `origin` and `original` as in `ImportedText`, in the form of `rows`."""

    has_header = blocks.BooleanBlock(label=_("The first row is the header"), required=False, default=False)
    source = Kept()
    origin = Kept()
    original = Kept()

    class Meta:
        icon = "table"
        label = _("Table from a document")
