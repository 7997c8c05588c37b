"""Importing a document again: what is unchanged stays, what nobody touched is renewed, what a person edited is kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from cms.importer.engine.passages import Passage

_EDITOR_MARKS = re.compile(r' data-block-key="[^"]*"')


@dataclass(frozen=True)
class Standing:
    """An imported passage as it stands on the page. `source`: as the importer wrote it; `original`: verbatim."""

    text: str
    source: str
    original: str

    @property
    def is_edited(self) -> bool:
        return plain_html(self.text) != plain_html(self.source)


class Fate(StrEnum):
    SAME = "same"
    RENEWED = "renewed"
    ADDED = "added"
    DROPPED = "dropped"
    KEPT = "kept"  # edited by hand: stays although the document says otherwise


@dataclass(frozen=True)
class Step:
    """What becomes of one passage: `old` is its place among the standing ones, `new` what the document says now."""

    fate: Fate
    old: int | None = None
    new: Passage | None = None


def reconcile(standing: Sequence[Standing], fresh: Sequence[Passage]) -> list[Step]:
    """Steps in the order of the renewed page. The same document twice gives nothing but SAME."""
    before = [plain_html(old.original or old.source) for old in standing]
    after = [plain_html(new.original) for new in fresh]
    steps: list[Step] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            steps += [_same(standing[a], a, fresh[b]) for a, b in zip(range(a1, a2), range(b1, b2), strict=True)]
            continue
        steps += [_changed(standing, a, fresh[b] if b is not None else None) for a, b in _paired(a1, a2, b1, b2)]
        steps += [Step(Fate.ADDED, new=fresh[b]) for b in range(b1 + (a2 - a1), b2)]
    return steps


def plain_html(html: str) -> str:
    """HTML without what the editor adds at every save."""
    return _EDITOR_MARKS.sub("", html).replace("\n", "").strip()


def _same(old: Standing, at: int, new: Passage) -> Step:
    """The document says the same. A correction chosen now is applied, unless somebody has edited the passage."""
    corrected_now = new.is_mended and plain_html(old.source) != plain_html(new.html)
    if corrected_now and not old.is_edited:
        return Step(Fate.RENEWED, at, new)
    return Step(Fate.SAME, at)


def _changed(standing: Sequence[Standing], at: int, new: Passage | None) -> Step:
    if standing[at].is_edited:
        return Step(Fate.KEPT, at, new)
    return Step(Fate.RENEWED, at, new) if new else Step(Fate.DROPPED, at)


def _paired(a1: int, a2: int, b1: int, b2: int) -> Iterator[tuple[int, int | None]]:
    for at in range(a2 - a1):
        yield a1 + at, b1 + at if b1 + at < b2 else None
