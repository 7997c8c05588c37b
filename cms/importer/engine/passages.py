"""The HTML of a section: paragraphs, lists (kept as lists) and tables, each a passage that can be renewed by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from cms.importer.engine.document import BULLETS, Piece, Shape
from cms.importer.engine.slips import Slip, mend


@dataclass(frozen=True)
class Passage:
    """`original` is the verbatim text as HTML, `html` the same with the chosen slips corrected.

    A table is no HTML but one line a row with tabs between the cells.
    """

    original: str
    html: str
    first_line: int
    is_table: bool = False

    @property
    def is_mended(self) -> bool:
        return self.original != self.html


def passages_of(pieces: Iterable[Piece], mended: Iterable[Slip] = ()) -> list[Passage]:
    """Passages in order: one a paragraph, one a run of list items, one a run of table cells."""
    slips: dict[int, list[Slip]] = {}
    for slip in mended:
        slips.setdefault(slip.line, []).append(slip)
    return [_passage(run, slips) for run in _runs(pieces)]


def _runs(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    for shape, run in groupby(pieces, key=lambda piece: piece.shape):
        if shape is Shape.PARAGRAPH:
            yield from ([piece] for piece in run)
        else:
            yield list(run)


def _passage(run: list[Piece], slips: dict[int, list[Slip]]) -> Passage:
    verbatim = [piece.line.text for piece in run]
    better = [mend(piece.line.text, slips.get(piece.line.number, ())) for piece in run]
    is_table = run[0].shape is Shape.CELL
    return Passage(_html(run, verbatim), _html(run, better), run[0].line.number, is_table)


def _html(run: list[Piece], texts: list[str]) -> str:
    if run[0].shape is Shape.ITEM:
        return f"<ul>{''.join(f'<li>{escape(_without_bullet(text), quote=False)}</li>' for text in texts)}</ul>"
    if run[0].shape is Shape.CELL:
        return _rows(run, texts)
    return f"<p>{escape(texts[0], quote=False)}</p>"


def _rows(run: list[Piece], texts: list[str]) -> str:
    """One line a row; the lines of one cell stand side by side."""
    rows = []
    for _, row in groupby(zip(run, texts, strict=True), key=lambda pair: pair[0].line.row):
        cells = groupby(row, key=lambda pair: pair[0].line.cell)
        rows.append("\t".join(" ".join(text for _, text in cell) for _, cell in cells))
    return "\n".join(rows)


def _without_bullet(text: str) -> str:
    bullet = next((bullet for bullet in BULLETS if text.startswith(bullet)), "")
    return text[len(bullet) :].strip()
