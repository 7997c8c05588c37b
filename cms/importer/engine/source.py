"""A document as the importer reads it: its non-empty lines, each with the number under which a person finds it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One paragraph, list item or table cell, verbatim but for blanks at its ends.

    `heading_level` is the level of a Word heading style (1…9), 0 elsewhere. `row` is the number of the table row
    that the cell stands in, `cell` its place in that row from 1; both are 0 outside tables.
    """

    number: int
    text: str
    heading_level: int = 0
    row: int = 0
    cell: int = 0
