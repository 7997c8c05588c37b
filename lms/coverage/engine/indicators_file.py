"""Reading an indicator file (CSV): every row typed, or problems with their lines. Pure; nothing is guessed silently."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lms.coverage.engine.figures import OPERATORS
from lms.imports.engine.encodings import UnreadableError, decode

COLUMNS = (
    "code", "indicator_vi", "indicator_en", "population", "unit_level", "operator", "target_value", "target_unit",
    "frequency", "period_code", "period_from", "period_to", "stretch_to", "scope_note", "source_kind",
    "how_computed", "seed_ref", "owner_function", "owner_source",
)  # fmt: skip
_MAY_BE_EMPTY = {"stretch_to", "scope_note", "owner_function", "owner_source"}
_KNOWN = {
    "operator": tuple(OPERATORS),
    "unit_level": ("person", "unit", "milestone", "request"),
    "frequency": ("cumulative", "yearly", "point_in_time", "once"),
    "source_kind": ("platform", "reported", "survey", "mixed"),
}
_LONGEST = {"code": 20, "indicator_vi": 300, "indicator_en": 300, "population": 60, "target_unit": 40,
            "period_code": 20, "seed_ref": 100, "owner_function": 120, "owner_source": 120}  # fmt: skip
# What UTF-8 looks like after somebody read it as Windows-1252: "Công Ä‘oÃ n".
_GARBLED = re.compile("Ã[\u0080-ÿ¡-¿]|Ä‘|áº[\u0080-ÿ¡-¿]|á»[\u0080-ÿ¡-¿]|Æ°|\ufffd")


@dataclass(frozen=True)
class Problem:
    """What is wrong in which line; `kind` is turned into a sentence by whoever speaks to people."""

    line: int
    kind: str
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    line: int
    texts: dict[str, str]
    target: Decimal
    period: tuple[int, int, int | None]  # first year, last year, year that the stage strives to


@dataclass(frozen=True)
class Reading:
    rows: list[Row]
    problems: list[Problem]


def read_indicators(content: bytes) -> Reading:
    """All rows with all problems of the file; rows may only be used when there is no problem."""
    text = _decode(content)
    if isinstance(text, Problem):
        return Reading([], [text])
    reader = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        return _read(reader)
    except csv.Error:
        return Reading([], [Problem(reader.line_num + 1, "broken")])  # the line after the last whole row


def _decode(content: bytes) -> str | Problem:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return Problem(1, "spreadsheet")
    try:
        text = decode(content)
    except UnreadableError as error:
        return Problem(1, error.reason)
    garbled = _GARBLED.search(text)
    if garbled:
        return Problem(text.count("\n", 0, garbled.start()) + 1, "garbled", {"sign": garbled.group()})
    return text if text.strip() else Problem(1, "empty")


def _delimiter(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _read(reader: "csv.DictReader[str]") -> Reading:
    header = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    problems = list(_header_problems(header))
    if problems:
        return Reading([], problems)
    rows: list[Row] = []
    for cells in reader:
        line = reader.line_num
        found = list(_row_problems(line, cells))
        problems += found
        if not found:
            rows.append(_row(line, cells))
    if not rows and not problems:
        problems.append(Problem(1, "empty"))
    return Reading(rows, problems + list(_clashes(rows)))


def _header_problems(header: list[str]) -> Iterator[Problem]:
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing:
        yield Problem(1, "columns_missing", {"columns": ", ".join(missing)})
    if unknown:
        yield Problem(1, "columns_unknown", {"columns": ", ".join(unknown)})
    if len(set(header)) != len(header):
        yield Problem(1, "columns_twice")


def _row_problems(line: int, cells: dict[str, str]) -> Iterator[Problem]:
    if None in cells or None in cells.values():
        yield Problem(line, "cells", {"wanted": str(len(COLUMNS))})
        return
    for column in COLUMNS:
        value = cells[column].strip()
        if not value and column not in _MAY_BE_EMPTY:
            yield Problem(line, "cell_empty", {"column": column})
        elif column in _KNOWN and value not in _KNOWN[column]:
            known = ", ".join(_KNOWN[column])
            yield Problem(line, "value_unknown", {"column": column, "value": value, "known": known})
        elif len(value) > _LONGEST.get(column, 10_000):
            yield Problem(line, "value_long", {"column": column, "longest": str(_LONGEST[column])})
        elif column == "target_value":
            yield from _target_problems(line, value, cells["target_unit"].strip())
        elif column in ("period_from", "period_to", "stretch_to") and value and _year(value) is None:
            yield Problem(line, "year", {"column": column, "value": value})
    years = [_year(cells[c].strip()) for c in ("period_from", "period_to", "stretch_to") if cells[c].strip()]
    known_years = [year for year in years if year is not None]
    if known_years != sorted(known_years):
        yield Problem(line, "period")


def _target_problems(line: int, value: str, unit: str) -> Iterator[Problem]:
    number = _number(value)
    if number is None or number < 0 or number >= 10**10:
        yield Problem(line, "number", {"column": "target_value", "value": value})
    elif unit == "percent" and number > 100:
        yield Problem(line, "percent", {"value": value})


def _number(value: str) -> Decimal | None:
    """ "70", "70,5", "70%", "100% trở lên": the programme's own way of writing a lower bound."""
    bare = value.removesuffix("trở lên").strip().removesuffix("%").strip().replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _year(value: str) -> int | None:
    return int(value) if re.fullmatch(r"(19|20|21)\d\d", value) else None


def _row(line: int, cells: dict[str, str]) -> Row:
    texts = {column: " ".join(cells[column].split()) for column in COLUMNS}
    target = _number(texts["target_value"])
    first, last, stretch = (_year(texts[c]) for c in ("period_from", "period_to", "stretch_to"))
    assert target is not None
    assert first is not None
    assert last is not None
    return Row(line, texts, target, (first, last, stretch))


def _clashes(rows: list[Row]) -> Iterator[Problem]:
    """Codes that stand twice, and one period code with two periods."""
    codes: dict[str, int] = {}
    periods: dict[str, Row] = {}
    for row in rows:
        code, period = row.texts["code"], row.texts["period_code"]
        if code in codes:
            yield Problem(row.line, "code_twice", {"code": code, "line": str(codes[code])})
        codes.setdefault(code, row.line)
        other = periods.setdefault(period, row)
        if other.period != row.period:
            yield Problem(row.line, "period_differs", {"period": period, "line": str(other.line)})
