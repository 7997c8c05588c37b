import io

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.actions.site import ensure_site
from cms.models import CoursePage, LessonPage
from lms.imports.models import Batch
from tests.cast import Cast
from tests.cms.importer.test_import_action import TEXT

_buffer = io.BytesIO()
Image.new("RGB", (1, 1)).save(_buffer, "PNG")
PIXEL = _buffer.getvalue()


def _client(member: object) -> Client:
    client = Client()
    client.force_login(member)  # type: ignore[arg-type]
    return client


def _upload(client: Client, data: bytes, name: str = "ke-hoach.txt") -> object:
    return client.post(reverse("importer:upload"), {"file": SimpleUploadedFile(name, data), "tag_line": "CDS"})


def test_a_document_is_previewed_then_written_once(cast: Cast) -> None:
    ensure_site()
    client = _client(cast.trainer)
    shown = client.get(_upload(client, TEXT.encode())["Location"])  # type: ignore[index]
    batch = Batch.objects.get()

    assert shown.status_code == 200
    assert CoursePage.objects.count() == 0
    keys = [slip.key for slip in shown.context["slips"]]
    for _ in range(2):
        client.post(reverse("importer:commit", args=[batch.pk]), {"mend": [*keys, "forged:1:x"]})

    assert (CoursePage.objects.count(), LessonPage.objects.count()) == (1, 3)
    assert LessonPage.objects.get(title="II. TỔ CHỨC").body[0].value["original"]


def test_files_that_cannot_be_read_get_a_sentence_and_leave_nothing(cast: Cast) -> None:
    client = _client(cast.trainer)
    bad = [
        ("a.txt", "Liên đoàn Lao động tỉnh Bến Tre".encode("utf-16-le"), "UTF-8"),
        ("a.txt", "Nghị quyết Đại hội Công đoàn".encode()[:-3] + b"\xff\xfe\xfa", "UTF-8"),
        ("a.txt", b"   \n", "trống"),
        ("a.docx", b"PK\x03\x04 broken", "Word"),
        ("a.pdf", b"%PDF-1.7", ".docx"),
    ]
    for name, data, word in bad:
        response = _upload(client, data, name)
        assert response.status_code == 422  # type: ignore[attr-defined]
        assert word in response.content.decode()  # type: ignore[attr-defined]
    assert Batch.objects.count() == 0


def test_the_screens_are_for_authors_only(cast: Cast) -> None:
    client = _client(cast.trainer)
    where = _upload(client, TEXT.encode())["Location"]  # type: ignore[index]

    assert Client().get(where).status_code == 302
    assert _client(cast.lan).get(where).status_code == 404
    assert _client(cast.editor).get(where).status_code == 404, "another author's upload"
    assert client.get(where).status_code == 200


def test_what_a_word_file_has_beside_its_text_is_told(cast: Cast) -> None:
    document = docx.Document()
    document.add_paragraph("I. PHẦN THỨ NHẤT")
    document.add_picture(io.BytesIO(PIXEL))
    data = io.BytesIO()
    document.save(data)
    client = _client(cast.trainer)

    shown = client.get(_upload(client, data.getvalue(), "co-hinh.docx")["Location"])  # type: ignore[index]

    assert shown.context["unread"] == ["1 hình không đọc được; hãy thêm bằng tay."]
