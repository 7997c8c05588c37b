"""A question that a reader answers for herself. Which option is right never leaves the server unasked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.text import SHORT_FEATURES


class Option(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=400)
    is_right = blocks.BooleanBlock(label=_("This is the right answer"), required=False)

    class Meta:
        label = _("Answer")
        form_classname = "benhoc-option"


class SelfCheck(blocks.StructBlock):
    """Single choice. Option ids are those of Wagtail's list items, so texts may be mended at any time."""

    question = blocks.CharBlock(label=_("Question"), max_length=500)
    options = blocks.ListBlock(
        Option(), label=_("Answers"), min_num=2, max_num=6, default=[{"text": "", "is_right": False}] * 2
    )
    explanation = blocks.RichTextBlock(
        label=_("Explanation"),
        required=False,
        features=SHORT_FEATURES,
        help_text=_("Shown after the right answer only."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if sum(bool(option["is_right"]) for option in cleaned["options"]) != 1:
            message = ValidationError(_("Mark exactly one answer as the right one."))
            raise StructBlockValidationError(block_errors={"question": message})
        return cleaned

    class Meta:
        icon = "help"
        label = _("Self-check question")
