"""Words for search: folded, one spelling for each."""

import re

from lms.text.fold import fold, nfc

WORD = re.compile(r"\w+")
MAX_WORDS = 8


def words_of(asked: str) -> list[str]:
    """The first words of a search, folded, each once, in order."""
    return list(dict.fromkeys(WORD.findall(fold(asked))))[:MAX_WORDS]


def haystack(text: str) -> str:
    """`text` as " word word word ", so that " wor" is found at the beginning of a word only."""
    return f" {' '.join(WORD.findall(fold(text)))} "


def pieces(text: str, asked: str, width: int = 220) -> list[tuple[str, bool]]:
    """An excerpt of `text` around the first hit, cut into (text, is a hit) pieces."""
    wanted, text = tuple(words_of(asked)), nfc(text)
    hits = [m.span() for m in WORD.finditer(text) if wanted and fold(m.group()).startswith(wanted)]
    start = _line_start(text, hits[0][0] - width // 4 if hits else 0)
    end = _line_end(text, start + width)
    found: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for begin, stop in hits:
        if begin < start or stop > end:
            continue
        found += [(text[at:begin], False), (text[begin:stop], True)]
        at = stop
    found += [(text[at:end], False)]
    if end < len(text):
        found.append((" …", False))
    return [(part, hit) for part, hit in found if part]


def _line_start(text: str, at: int) -> int:
    return 0 if at <= 0 else text.find(" ", at) + 1 or at


def _line_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", 0, at)
    return blank if blank > 0 else at
