"""What the preview shows: the outline of the document and every likely slip in its sentence."""

from dataclasses import dataclass

from cms.importer.actions.programme import FRONT, lines_of
from cms.importer.engine import slips
from cms.importer.engine.document import Document
from cms.importer.engine.passages import passages_of

AROUND = 40  # characters of the sentence on each side of a slip


@dataclass(frozen=True)
class Row:
    """One lesson to be: `level` 0 is the front, 1 a main part, and so on."""

    title: str
    level: int
    passages: int
    first_line: int


@dataclass(frozen=True)
class ShownSlip:
    key: str
    line: int
    before: str
    found: str
    after: str
    better: str


def outline_of(document: Document) -> list[Row]:
    return [
        Row(
            title=section.title or FRONT,
            level=section.key.count("/") + 1 if section.key else 0,
            passages=len(passages_of(section.pieces)),
            first_line=section.line.number if section.line else section.pieces[0].line.number,
        )
        for section in document.sections
        if section.line or section.pieces
    ]


def slips_shown(document: Document) -> list[ShownSlip]:
    lines = {line.number: line.text for line in lines_of(document)}
    return [_shown(slip, lines[slip.line]) for slip in slips.find(lines_of(document))]


def _shown(slip: slips.Slip, text: str) -> ShownSlip:
    end = slip.start + len(slip.found)
    before, after = text[: slip.start], text[end:]
    return ShownSlip(
        key=slip.key,
        line=slip.line,
        before=f"…{before[-AROUND:]}" if len(before) > AROUND else before,
        found=slip.found,
        after=f"{after[:AROUND]}…" if len(after) > AROUND else after,
        better=slip.better,
    )
