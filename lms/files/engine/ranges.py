"""Byte ranges of RFC 9110, one range at a time: what a phone asks for when somebody moves a video's slider."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)


@dataclass(frozen=True)
class Slice:
    """Bytes `start` to `end`, both included."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start + 1


class Unsatisfiable(Exception):
    """A range that begins behind the end of the file: 416."""


def wanted_slice(header: str | None, size: int) -> Slice | None:
    """The bytes that `header` asks for; None = send all (no range, several, or one that makes no sense)."""
    found = _RANGE.match((header or "").strip())
    if found is None or found.group(0) == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return Slice(max(size - int(last), 0), size - 1)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Slice(start, min(int(last), size - 1) if last else size - 1)


def same_version(if_range: str | None, etag: str, modified: str) -> bool:
    """Whether a part may be sent on top of what the reader has: no condition, the same tag, or the same date."""
    if not if_range:
        return True
    return if_range.strip() in (etag, modified)
