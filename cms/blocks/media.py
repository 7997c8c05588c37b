"""Pictures, films and files."""

from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.choosers import FileChooser, PictureChooser
from cms.blocks.text import SHORT_FEATURES
from cms.engine.youtube import video_id


class Picture(blocks.StructBlock):
    image = PictureChooser(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        max_length=250,
        help_text=_("Read aloud to people who can't see the picture."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")


class Infographic(blocks.StructBlock):
    """A picture full of information: everything in it stands beside it as text."""

    image = PictureChooser(label=_("Image"))
    alt = blocks.CharBlock(label=_("What the picture is about"), max_length=250)
    description = blocks.RichTextBlock(
        label=_("Everything that the picture says, as text"), features=[*SHORT_FEATURES, "h3"]
    )

    class Meta:
        icon = "image"
        label = _("Infographic")


def _title() -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Title"), max_length=150)


def _length() -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Length, such as 2:14"), required=False, max_length=8)


def _words() -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=_("Its words as text"), required=False, features=SHORT_FEATURES)


def _refuse(field: str, message: Any) -> NoReturn:
    raise StructBlockValidationError(block_errors={field: ValidationError(message)})


class Video(blocks.StructBlock):
    """A film of our own, with captions or its words as text: many watch without sound or on little data."""

    title = _title()
    file = FileChooser(label=_("Video file (MP4 or WebM)"))
    captions = FileChooser(label=_("Captions (VTT file)"), required=False)
    poster = PictureChooser(label=_("Still picture"), required=False)
    minutes = _length()
    transcript = _words()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["captions"] and not cleaned["transcript"].source.strip():
            _refuse("captions", _("Add captions or the words of the video as text, for those who can't hear it."))
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")


class YouTube(blocks.StructBlock):
    """A film elsewhere. Until the reader taps, only our own still picture is there: nothing is fetched from YouTube."""

    title = _title()
    link = blocks.URLBlock(label=_("Link to the video on YouTube"))
    poster = PictureChooser(label=_("Still picture"))
    minutes = _length()
    transcript = _words()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if video_id(cleaned["link"]) is None:
            _refuse("link", _("This isn't the address of a YouTube video. Copy it from “Share” under the video."))
        return cleaned

    class Meta:
        icon = "media"
        label = _("YouTube video")


class File(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    document = FileChooser(label=_("Document"))
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        icon = "doc-full-inverse"
        label = _("File to open")
