"""Official documents in: the non-empty lines of a .txt or a .docx, with what Word says of them."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # lxml ships no types

from lms.imports.engine.encodings import UnreadableError, decode
from lms.text.fold import nfc

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_LINES = 20_000
_LEVELS = tuple("123456789")
Raw = tuple[str, int, int, int]  # text, heading level, row, cell
_UNREAD = {
    "pictures": "*[self::w:drawing or self::w:pict][not(.//w:txbxContent)]",
    "text_boxes": "w:txbxContent",
    "footnotes": "w:footnoteReference",
}


@dataclass(frozen=True)
class DocumentLine:
    """`number` counts lines of the text file, or paragraphs and cells of the Word file, from 1."""

    number: int
    text: str
    heading_level: int = 0
    row: int = 0
    cell: int = 0


def read_lines(data: bytes, filename: str) -> list[DocumentLine]:
    """The non-empty lines in order. UnreadableError with a reason of `lms.imports.forms.UNREADABLE`."""
    if len(data) > MAX_BYTES:
        raise UnreadableError("too_large")
    kind = PurePath(filename).suffix.lower()
    if kind == ".txt":
        return _numbered((text, 0, 0, 0) for text in decode(data).split("\n"))
    if kind == ".docx":
        document = _open_docx(data)
        try:
            return _numbered(_docx_lines(document))
        except (KeyError, TypeError, AttributeError, ValueError) as error:  # what Word would call damaged
            if isinstance(error, UnreadableError):
                raise
            raise UnreadableError("docx") from error
    raise UnreadableError("kind")


def unread_parts(data: bytes, filename: str) -> dict[str, int]:
    """How many parts of a Word file stand outside its running text and are not read: by kind, without zeros."""
    if PurePath(filename).suffix.lower() != ".docx":
        return {}
    body = _open_docx(data).element.body
    found = {kind: len(body.xpath(f".//{tag}")) for kind, tag in _UNREAD.items()}
    return {kind: count for kind, count in found.items() if count}


def _numbered(lines: Iterator[Raw]) -> list[DocumentLine]:
    found = []
    for number, (raw, level, row, cell) in enumerate(lines, start=1):
        if text := _clean(raw):
            found.append(DocumentLine(number, text, level, row, cell))
        if number > MAX_LINES:
            raise UnreadableError("too_long")
    return found


def _clean(raw: str) -> str:
    return nfc(raw.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")).strip()


def _open_docx(data: bytes) -> DocxDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise UnreadableError("too_large")
        return Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("docx") from error


def _docx_lines(document: DocxDocument) -> Iterator[Raw]:
    row_number = 0
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from _paragraph_lines(block)
            continue
        for cells in _rows(block):
            row_number += 1
            for place, text in cells:
                yield text, 0, row_number, place


def _paragraph_lines(paragraph: Paragraph) -> Iterator[Raw]:
    level = _heading_level(paragraph)
    bullet = "- " if not level and _is_listed(paragraph) else ""
    for text in paragraph.text.split("\n"):
        yield (f"{bullet}{text.strip()}" if bullet and text.strip() else text), level, 0, 0


def _heading_level(paragraph: Paragraph) -> int:
    name = (paragraph.style.name if paragraph.style else None) or ""
    word, _, digit = name.rpartition(" ")
    return int(digit) if word in ("Heading", "heading") and digit in _LEVELS else 0


def _is_listed(paragraph: Paragraph) -> bool:
    """Whether Word puts a bullet or number before it that is not part of the text."""
    properties = paragraph._p.pPr
    styled = ((paragraph.style.name if paragraph.style else None) or "").startswith("List")
    return styled or (properties is not None and properties.numPr is not None)


def _rows(table: Table) -> Iterator[list[tuple[int, str]]]:
    """Rows as (place of the cell, line of it). Each cell as it stands in the file: merged ones are not laid out."""
    for row in table._tbl.tr_lst:
        cells: list[tuple[int, str]] = []
        for place, cell in enumerate(row.tc_lst, start=1):
            lines = [line for paragraph in _paragraphs(cell, table) for line in paragraph.text.split("\n")]
            cells += [(place, line.replace("\t", " ")) for line in lines]
        yield cells


def _paragraphs(cell: Any, table: Table) -> Iterator[Paragraph]:
    """The cell's own, and those of tables within it, in order."""
    for paragraph in cell.iterdescendants(qn("w:p")):
        yield Paragraph(paragraph, table)
