"""Word files that only an attacker or a broken program writes: refused or read, quickly, never an error."""

import io
import zipfile
from collections.abc import Iterator

import pytest

from lms.imports.documents import MAX_LINES, read_lines
from lms.imports.engine.encodings import UnreadableError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word(body: str, style: str = "") -> bytes:
    """The smallest file that Word opens, with `body`; paragraphs of style H bear the name `style`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(body, style):
            package.writestr(name, text)
    return out.getvalue()


def _parts(body: str, style: str) -> Iterator[tuple[str, str]]:
    override = '<Override PartName="/word/{0}.xml" ContentType="' + TYPES + '.{1}+xml"/>'
    overrides = override.format("document", "document.main") + override.format("styles", "styles")
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{rels}{overrides}</Types>'
    link = (
        '<Relationships xmlns="'
        + PACKAGE
        + '/relationships"><Relationship Id="r" Type="{}" Target="{}"/></Relationships>'
    )
    yield "_rels/.rels", link.format(f"{OFFICE}/officeDocument", "word/document.xml")
    yield "word/_rels/document.xml.rels", link.format(f"{OFFICE}/styles", "styles.xml")
    named = f'<w:style w:type="paragraph" w:styleId="H"><w:name w:val="{style}"/></w:style>'
    yield "word/styles.xml", f'<w:styles xmlns:w="{W}">{named}</w:styles>'
    yield "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(cells: str) -> str:
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_lines(data, "a.docx")]


@pytest.mark.parametrize(
    "merge", ['<w:gridSpan w:val="999999999"/>', '<w:gridSpan w:val="abc"/>', "<w:vMerge/>", '<w:vMerge w:val="x"/>']
)
def test_a_cell_that_claims_any_width_is_read_as_one_cell(merge: str) -> None:
    cell = f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph('Một')}</w:tc><w:tc>{paragraph('Hai')}</w:tc>"
    assert texts(word(table(cell))) == ["Một", "Hai"]


def test_a_table_in_a_table_is_not_dropped() -> None:
    inner = table(f"<w:tc>{paragraph('trong')}</w:tc>")
    assert texts(word(table(f"<w:tc>{paragraph('trước')}{inner}{paragraph('sau')}</w:tc>"))) == [
        "trước",
        "trong",
        "sau",
    ]


@pytest.mark.parametrize("style", ["heading ²", "heading " + "9" * 5000, "heading 0", "heading -1"])
def test_a_strange_heading_is_plain_text(style: str) -> None:
    marked = paragraph("Chữ", '<w:pPr><w:pStyle w:val="H"/></w:pPr>')
    assert [(line.text, line.heading_level) for line in read_lines(word(marked, style), "a.docx")] == [("Chữ", 0)]


@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_a_document_of_endless_lines_is_refused(name: str) -> None:
    count = MAX_LINES + 1
    data = b"a\n" * count if name.endswith("txt") else word("<w:p/>" * count)
    with pytest.raises(UnreadableError) as refused:
        read_lines(data, name)
    assert refused.value.reason == "too_long"
