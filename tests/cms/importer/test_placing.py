"""Every non-empty line of a document stands exactly once, in order, in the page of its own heading.

One test reads the programme that the demo loads; the other makes a Word file.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import docx
from bs4 import BeautifulSoup
from django.core.management import call_command

from cms.actions.site import ensure_site
from cms.engine.table import cells
from cms.importer.actions.programme import import_programme
from cms.importer.reading import read_document
from cms.models import CoursePage, LessonPage
from tests.cast import Cast

PROGRAMME = Path(__file__).resolve().parents[3] / "lms" / "demo" / "data" / "programme.txt"
NOW = datetime(2024, 3, 1, 2, tzinfo=UTC)


def _shown() -> list[list[str]]:
    """The lines of every lesson in order: its title, then its paragraphs, list items and cells."""
    return [list(_lines(lesson)) for lesson in LessonPage.objects.child_of(CoursePage.objects.get())]


def _lines(lesson: LessonPage) -> Iterator[str]:
    draft = lesson.get_latest_revision_as_object()
    if draft.import_key != "front":
        yield draft.title
    for block in draft.body:
        if block.block_type == "imported_table":
            yield from (cell for row in cells(block.value["rows"]) for cell in row if cell)
            continue
        soup = BeautifulSoup(block.value["text"].source, "html.parser")
        yield from (unescape(element.get_text()) for element in soup.find_all(["p", "li"]))


def _bare(line: str) -> str:
    return line.strip().lstrip("-–+•").strip()


def test_the_programme_twice(cast: Cast, tmp_path: Path) -> None:
    for _ in range(2):
        call_command("import_programme", PROGRAMME, stdout=io.StringIO())

    expected = [_bare(line) for line in PROGRAMME.read_text(encoding="utf-8").splitlines() if line.strip()]
    shown = _shown()
    assert [line for lesson in shown for line in lesson] == expected
    own = {lesson[0]: lesson[1:] for lesson in shown[1:]}
    assert own["2.1. Mục tiêu từ năm 2023 đến năm 2025"][0].startswith("100% cán bộ công đoàn chuyên trách")
    assert len(own["2.1. Mục tiêu từ năm 2023 đến năm 2025"]) == 11
    assert own["III. NHIỆM VỤ, GIẢI PHÁP"] == []


def _word_file() -> bytes:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "LIÊN ĐOÀN LAO ĐỘNG TỈNH BẾN TRE\nSố: 15/HD-LĐLĐ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBến Tre, ngày 05 tháng 3 năm 2024"
    document.add_paragraph("HƯỚNG DẪN")
    document.add_paragraph("Tổ chức học tập trên hệ thống trực tuyến")
    document.add_heading("Chương I. QUY ĐỊNH CHUNG", 1)
    document.add_heading("Điều 1. Phạm vi", 2)
    document.add_paragraph("1. Hướng dẫn này áp dụng cho Công đoàn các cấp.")
    document.add_paragraph("Đoàn viên học trên điện thoại", style="List Bullet")
    document.add_paragraph("Cán bộ học tập trung", style="List Bullet")
    document.add_heading("Điều 2. Chỉ tiêu", 2)
    table = document.add_table(rows=2, cols=3)
    for at, text in enumerate(["STT", "Đơn vị", "Số người", "1", "CĐ các KCN", "1.200"]):
        table.cell(at // 3, at % 3).text = text
    merged = document.add_table(rows=1, cols=2)
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "Ô gộp đứng một lần"
    document.add_paragraph("Nơi nhận: như trên.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_with_tables_and_styles(cast: Cast) -> None:
    ensure_site()
    document = read_document(_word_file(), "huong-dan.docx")
    for _ in range(2):
        import_programme(document, by=cast.trainer, now=NOW)

    course = CoursePage.objects.get()
    assert (course.document_number, course.document_issuer) == ("15/HD-LĐLĐ", "LIÊN ĐOÀN LAO ĐỘNG TỈNH BẾN TRE")
    assert _shown() == [
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH BẾN TRE Số: 15/HD-LĐLĐ",
         "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Bến Tre, ngày 05 tháng 3 năm 2024",
         "HƯỚNG DẪN", "Tổ chức học tập trên hệ thống trực tuyến"],
        ["Chương I. QUY ĐỊNH CHUNG"],
        ["Điều 1. Phạm vi", "1. Hướng dẫn này áp dụng cho Công đoàn các cấp.", "Đoàn viên học trên điện thoại",
         "Cán bộ học tập trung"],
        ["Điều 2. Chỉ tiêu", "STT", "Đơn vị", "Số người", "1", "CĐ các KCN", "1.200", "Ô gộp đứng một lần",
         "Nơi nhận: như trên."],
    ]  # fmt: skip
