"""Finding English on pages that should be in Vietnamese."""

import re
from html.parser import HTMLParser

# Words that stand in nearly every English sentence or label and are no Vietnamese syllable without accents.
_GIVEAWAYS = frozenset(
    """the and with your you this that please page pages save saved submit search sign password user username
    account settings close open next previous back continue course courses lesson lessons contest contests question
    questions answer answers score rank board home unit units member members name date from until required field
    error not found is are was were has have will would should change delete edit create view all of for""".split()  # noqa: SIM905  # reads better than quotes
)
_SHOWN_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")


class _Shown(HTMLParser):
    """Collects what a reader sees or hears; leaves out code, addresses and what is marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.silent:
            self.silent += [tag] if tag == self.silent[0] else []
        elif tag in ("script", "style", "code", "pre", "noscript") or given.get("lang") == "en":
            self.silent = [tag]
        else:
            self.texts += [value for name in _SHOWN_ATTRIBUTES if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[0]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


def english_words_in(html: str) -> list[str]:
    """Texts of the page with two English words or more, or that are one English word."""
    shown = _Shown()
    shown.feed(html)
    return [" ".join(text.split()) for text in shown.texts if _is_english(text)]


def _is_english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    known = [word for word in words if word in _GIVEAWAYS]
    return len(known) >= 2 or (bool(words) and known == words)
