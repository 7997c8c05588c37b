"""The programme as the importer reads it: the text that the demo loads."""

from pathlib import Path

import pytest

from cms.importer.engine import slips
from cms.importer.engine.document import Document, read
from cms.importer.engine.identity import Identity
from cms.importer.engine.source import Line

PROGRAMME = Path(__file__).resolve().parents[3] / "lms" / "demo" / "data" / "programme.txt"


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    raw = PROGRAMME.read_text(encoding="utf-8").splitlines()
    return [Line(number, text.strip()) for number, text in enumerate(raw, start=1) if text.strip()]


@pytest.fixture(scope="module")
def document(lines: list[Line]) -> Document:
    return read(lines)


def test_every_line_stands_once_and_in_order(lines: list[Line], document: Document) -> None:
    placed = []
    for section in document.sections:
        placed += [section.line] if section.line else []
        placed += [piece.line for piece in section.pieces]

    assert placed == lines


def test_headings_are_found_with_their_places(document: Document) -> None:
    assert [section.key for section in document.sections] == [
        "", "I", "I/1", "I/2", "II", "II/1", "II/2", "II/2/2.1", "II/2/2.2",
        "III", "III/1", "III/2", "III/3", "III/4", "III/5", "IV", "IV/1", "IV/2",
    ]  # fmt: skip
    assert document.doubts == []


def test_identity_is_read(document: Document) -> None:
    assert document.identity == Identity(
        number="/CTr-LĐLĐ",
        place="Bến Tre",
        day="…/02/2024",
        kind="CHƯƠNG TRÌNH",
        title="Chuyển đổi số trong hệ thống Công đoàn tỉnh Bến Tre giai đoạn 2023 - 2028, định hướng đến năm 2030",
        issuer="LĐLĐ",
    )


def test_the_known_slips_are_listed(lines: list[Line]) -> None:
    found = {(slip.found, slip.better) for slip in slips.find(lines)}

    assert {
        ("CDS", "CĐS"),
        ("chương trình trình", "chương trình"),
        ("phân đầu", "phấn đấu"),
        ("theo", "Theo"),
    } <= found
    assert ("Đến", "Đến") not in found


def test_mending_changes_just_the_chosen_places(lines: list[Line]) -> None:
    line = next(line for line in lines if "4.000 lượt" in line.text)
    chosen = [slip for slip in slips.find([line]) if slip.found == "chương trình trình"]

    assert slips.mend(line.text, chosen) == line.text.replace("trình trình", "trình")
