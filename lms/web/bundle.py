"""The style sheets of static/css as one file: sources stay small, a first visit asks once, no build step."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\n\s*")
_FONT = re.compile(r"url\(\.\./(fonts/[\w.-]+)\)")


@dataclass(frozen=True)
class Bundle:
    digest: str
    text: str
    packed: bytes


def bundle() -> Bundle:
    """Tokens, base, components, screens, in that order; read again in development when a file changes."""
    if not settings.DEBUG:
        return _whole()
    files = sources(settings.BASE_DIR / "static" / "css")
    return _read(tuple(files), max(file.stat().st_mtime_ns for file in files))


@cache
def _whole() -> Bundle:
    """Every page asks for its name: the folder is looked at once."""
    return _read(tuple(sources(settings.BASE_DIR / "static" / "css")), 0)


def sources(folder: Path) -> list[Path]:
    parts = [folder / "tokens.css", folder / "base.css"]
    return [*parts, *sorted(folder.glob("components/*.css")), *sorted(folder.glob("screens/*.css"))]


@lru_cache(maxsize=2)
def _read(files: tuple[Path, ...], _changed: int) -> Bundle:
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    text = _BLANKS.sub("\n", _COMMENT.sub("", text)).strip()
    text = _FONT.sub(lambda found: f"url({static(found[1])})", text)
    plain = text.encode()
    return Bundle(hashlib.sha256(plain).hexdigest()[:12], text, gzip.compress(plain, 9))
