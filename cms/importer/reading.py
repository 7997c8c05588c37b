"""From a file to the document that the importer knows, and to and from the rows that wait for a person's yes."""

from collections.abc import Sequence
from typing import Any

from cms.importer.engine.document import Document, read
from cms.importer.engine.source import Line
from lms.imports.documents import read_lines
from lms.imports.engine.encodings import UnreadableError


def read_file(data: bytes, filename: str) -> list[Line]:
    """The lines of a .txt or .docx. UnreadableError with a reason of `UNREADABLE`."""
    lines = [
        Line(line.number, line.text, line.heading_level, line.row, line.cell) for line in read_lines(data, filename)
    ]
    if not lines:
        raise UnreadableError("empty")
    return lines


def read_document(data: bytes, filename: str) -> Document:
    return read(read_file(data, filename))


def to_rows(lines: Sequence[Line]) -> list[list[Any]]:
    """Lines as JSON values."""
    return [[line.number, line.text, line.heading_level, line.row, line.cell] for line in lines]


def from_rows(rows: Sequence[Sequence[Any]]) -> list[Line]:
    return [Line(*row) for row in rows]
