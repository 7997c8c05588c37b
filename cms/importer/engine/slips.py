"""Likely slips of the pen in an official text. They are listed, never mended in silence: the text stays verbatim."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cms.importer.engine.source import Line

_KNOWN = (
    ("CDS", "CĐS", re.compile(r"\bCDS\b")),
    ("CDCS", "CĐCS", re.compile(r"\bCDCS\b")),
    ("TLD", "TLĐ", re.compile(r"\bTLD\b")),
    ("chương trình trình", "chương trình", re.compile(r"\bchương trình trình\b")),
    ("phân đầu", "phấn đấu", re.compile(r"\bphân đầu\b")),
)
_DOUBLED = re.compile(r"\b(?P<word>[^\W\d_]{2,}) (?P=word)\b")
# Words that Vietnamese doubles on purpose.
_RHYMES = frozenset({"luôn", "ngày", "người", "nhà", "đời", "xanh", "thường", "dần", "mãi", "từ", "nơi", "năm", "đều"})
_MARKUP = re.compile(r"\*+")
_NO_BLANK = re.compile(r"\.\.\.(?=[^\W\d_])")
_SMALL_START = re.compile(r"(?<=[^\W\d_]{2}\. )(?P<word>[^\W\d_]\w*)")


@dataclass(frozen=True)
class Slip:
    """One place: in `line`, at `start`, `found` should perhaps read `better`."""

    line: int
    start: int
    found: str
    better: str

    @property
    def key(self) -> str:
        return f"{self.line}:{self.start}:{self.found}"


def find(lines: Iterable[Line]) -> list[Slip]:
    """Slips in reading order; places don't overlap."""
    return [slip for line in lines for slip in _in_line(line)]


def mend(text: str, slips: Iterable[Slip]) -> str:
    """`text` of one line with those slips corrected. A slip whose place says something else is passed over."""
    for slip in sorted(slips, key=lambda slip: slip.start, reverse=True):
        if text.startswith(slip.found, slip.start):
            text = f"{text[: slip.start]}{slip.better}{text[slip.start + len(slip.found) :]}"
    return text


def _in_line(line: Line) -> list[Slip]:
    found: list[Slip] = []
    taken: set[int] = set()
    for slip in _candidates(line):
        places = set(range(slip.start, slip.start + len(slip.found)))
        if not places & taken:
            taken |= places
            found.append(slip)
    return sorted(found, key=lambda slip: slip.start)


def _candidates(line: Line) -> Iterator[Slip]:
    for wrong, right, pattern in _KNOWN:
        for match in pattern.finditer(line.text):
            yield Slip(line.number, match.start(), wrong, right)
    for match in _DOUBLED.finditer(line.text):
        if match["word"].lower() not in _RHYMES:
            yield Slip(line.number, match.start(), match[0], match["word"])
    for match in _MARKUP.finditer(line.text):
        yield Slip(line.number, match.start(), match[0], "")
    for match in _NO_BLANK.finditer(line.text):
        yield Slip(line.number, match.start(), "...", "... ")
    for match in _SMALL_START.finditer(line.text):
        if match["word"][0].isupper():
            continue
        yield Slip(line.number, match.start(), match["word"], match["word"].capitalize())
