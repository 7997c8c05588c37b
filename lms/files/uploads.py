"""Uploads are believed by their bytes: pictures are drawn anew without what the camera wrote into them, other files
must be what their names say. Every refusal says what is wrong and how to mend it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from lms.files.engine.kinds import GIF, HEAD, JPEG, PNG, UNKNOWN, WEBP, Kind, ending_of, kind_of

MEGABYTE = 1024 * 1024
MOST_PICTURE, MOST_FILE, MOST_FILM = 15 * MEGABYTE, 50 * MEGABYTE, 500 * MEGABYTE
MOST_PIXELS = 60_000_000
_DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", GIF: "GIF"}


def checked_picture(upload: Any) -> SimpleUploadedFile:
    """The picture drawn anew: turned upright, without place, camera or anything hidden in it."""
    kind = _kind(upload)
    if kind not in _FORMATS:
        raise ValidationError(_("This file isn’t a picture. Choose a JPEG, PNG, WebP or GIF file."))
    _check_size(upload, MOST_PICTURE)
    try:
        with Image.open(upload) as picture:
            frames = getattr(picture, "n_frames", 1) if kind is GIF else 1  # all of them are held at once
            if picture.width * picture.height * frames > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels. Make it at most 8000 by 7500 and try again."))
            content = _drawn_anew(picture, _FORMATS[kind])
    except _DAMAGED:
        raise _damaged() from None
    return SimpleUploadedFile(f"{_stem(upload.name)}.{kind.endings[0]}", content, content_type=kind.mime)


def measured(measure: Callable[[Any], None], upload: Any) -> None:
    """Somebody else's look at a picture's size, which knows no damaged ones."""
    try:
        measure(upload)
    except _DAMAGED:
        raise _damaged() from None


def _damaged() -> ValidationError:
    return ValidationError(_("The picture is damaged. Open it on your device, save it again and try once more."))


def check_file(upload: Any) -> None:
    """ValidationError unless the bytes are of the kind that the name promises, and not too many."""
    kind, ending = _kind(upload), ending_of(upload.name)
    if kind is UNKNOWN:
        raise ValidationError(
            _("This kind of file isn’t taken. Use PDF, Word, Excel, PowerPoint, MP4, WebM, MP3, VTT, text, picture.")
        )
    if ending not in kind.endings:
        raise ValidationError(
            _("The file is named .%(ending)s but its content is of another kind (%(kind)s). Save it again properly.")
            % {"ending": ending, "kind": ", ".join(kind.endings).upper()}
        )
    _check_size(upload, MOST_FILM if kind.is_film else MOST_FILE)


def _kind(upload: Any) -> Kind:
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    return kind_of(head)


def _check_size(upload: Any, most: int) -> None:
    if upload.size > most:
        raise ValidationError(
            _("The file is too big: %(size)s MB. At most %(most)s MB are taken; make it smaller and try again.")
            % {"size": upload.size // MEGABYTE + 1, "most": most // MEGABYTE}
        )


def _drawn_anew(picture: Image.Image, form: str) -> bytes:
    out = BytesIO()
    if form == "GIF" and getattr(picture, "is_animated", False):
        frames = [frame.convert("RGBA") for frame in ImageSequence.Iterator(picture)]
        pause = picture.info.get("duration", 100)
        frames[0].save(out, form, save_all=True, append_images=frames[1:], loop=0, duration=pause, disposal=2)
        return out.getvalue()
    upright = ImageOps.exif_transpose(picture)
    if form == "JPEG":
        upright.convert("RGB").save(out, form, quality=88, optimize=True, exif=b"")
    else:
        clean = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
        clean.save(out, form)
    return out.getvalue()


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or "anh"
