"""Which lines of an official document are headings, and how deep they stand (NĐ 30/2020: phần, chương, mục, điều)."""

import re
from dataclasses import dataclass

from cms.importer.engine.source import Line

MAX_HEADING = 200  # characters; a longer numbered line is a paragraph

_MARKS = (
    (1, re.compile(r"(?P<label>Phần\s+(?:thứ\s+\w+|[IVXLC]+|\d+))[.:]?\s*(?P<title>.*)", re.IGNORECASE)),
    (2, re.compile(r"(?P<label>Chương\s+(?:[IVXLC]+|\d+))[.:]?\s*(?P<title>.*)", re.IGNORECASE)),
    (3, re.compile(r"(?P<label>[IVXLC]+)\s*[.\-–/]\s+(?P<title>\S.*)")),
    (4, re.compile(r"(?P<label>Mục\s+\d+)[.:]?\s*(?P<title>.*)", re.IGNORECASE)),
    (5, re.compile(r"(?P<label>Điều\s+\d+[a-z]?)[.:]\s*(?P<title>.*)")),
    (8, re.compile(r"(?P<label>\d+\.\d+\.\d+)\.?\s+(?P<title>\S.*)")),
    (7, re.compile(r"(?P<label>\d+\.\d+)\.?\s+(?P<title>\S.*)")),
    (6, re.compile(r"(?P<label>\d+)[.)]\s+(?P<title>\S.*)")),
)
_STYLE_DEPTH = 10  # Word styles without a number stand below every numbered kind of the same document
_SENTENCE_END = (".", ";", ",", ":")


@dataclass(frozen=True)
class Heading:
    """`label` is the number as written ("2.1"), `depth` orders kinds of headings: smaller stands higher."""

    label: str
    title: str
    depth: int


def heading_of(line: Line) -> Heading | None:
    """The heading that `line` is, or None for text. Cells of tables are never headings."""
    if line.row:
        return None
    for depth, pattern in _MARKS:
        match = pattern.fullmatch(line.text)
        if match and (line.heading_level or _looks_like_a_heading(line.text, match["title"], depth)):
            return Heading(match["label"], match["title"].strip(), depth)
    if line.heading_level:
        return Heading("", line.text, _STYLE_DEPTH + line.heading_level)
    return None


def ordinal(label: str) -> int | None:
    """The last number of a label, to see whether one is missing: "2.1" -> 1, "IV" -> 4, "Điều 7" -> 7."""
    last = re.split(r"[\s.]+", label.strip(". "))[-1]
    if last.isdigit():
        return int(last)
    return _roman(last) if re.fullmatch(r"[IVXLC]+", last) else None


def _looks_like_a_heading(text: str, title: str, depth: int) -> bool:
    if len(text) > MAX_HEADING:
        return False
    if depth <= 5:
        return True
    return not text.endswith(_SENTENCE_END) and (title[:1].isupper() or title[:1].isdigit())


def _roman(numeral: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for here, following in zip(numeral, [*numeral[1:], ""], strict=True):
        value = values[here]
        total += -value if following and values[following] > value else value
    return total
