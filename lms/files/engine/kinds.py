"""What a file is, by its bytes and never by its name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    mime: str
    endings: tuple[str, ...]
    inline: bool = False  # shown in the page or tab; all others are downloads

    @property
    def is_film(self) -> bool:
        return self.mime.startswith("video/")


PNG = Kind("image/png", ("png",), inline=True)
JPEG = Kind("image/jpeg", ("jpg", "jpeg"), inline=True)
GIF = Kind("image/gif", ("gif",), inline=True)
WEBP = Kind("image/webp", ("webp",), inline=True)
AVIF = Kind("image/avif", ("avif",), inline=True)
PDF = Kind("application/pdf", ("pdf",), inline=True)
MP4 = Kind("video/mp4", ("mp4", "m4v"), inline=True)
M4A = Kind("audio/mp4", ("m4a",), inline=True)
WEBM = Kind("video/webm", ("webm",), inline=True)
MP3 = Kind("audio/mpeg", ("mp3",), inline=True)
VTT = Kind("text/vtt", ("vtt",), inline=True)
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
PPTX = Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",))
OLD_OFFICE = Kind("application/octet-stream", ("doc", "xls", "ppt"))
TEXT = Kind("text/plain; charset=utf-8", ("txt", "csv"))
UNKNOWN = Kind("application/octet-stream", ())

HEAD = 8192  # bytes that `kind_of` looks at
_OFFICE = {b"word/": DOCX, b"xl/": XLSX, b"ppt/": PPTX}
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")
_STARTS = {
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
    b"%PDF-": PDF,
    b"\x1a\x45\xdf\xa3": WEBM,
    b"ID3": MP3,
    b"\xff\xfb": MP3,
    b"\xff\xf3": MP3,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLD_OFFICE,
}


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins with `head`; UNKNOWN for all that isn't taken, markup and programs included."""
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return {b"M4A ": M4A, b"avif": AVIF}.get(head[8:12], MP4)
    if head.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _OFFICE.items() if part in head), UNKNOWN)
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> Kind:
    words = head.removeprefix(b"\xef\xbb\xbf")
    if words.startswith(b"WEBVTT"):
        return VTT
    if not words.strip() or b"\0" in words or words.lstrip()[:16].lower().startswith(_MARKUP):
        return UNKNOWN
    try:
        words[: len(words) - 4 if len(head) == HEAD else len(words)].decode("utf-8")
    except UnicodeDecodeError as problem:
        return TEXT if len(head) == HEAD and problem.start > len(words) - 9 else UNKNOWN
    return TEXT


def ending_of(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""
