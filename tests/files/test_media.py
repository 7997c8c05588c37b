from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lms.files.engine.kinds import kind_of
from lms.files.links import signed_url
from lms.files.uploads import check_file, checked_picture
from tests.cms.factories import make_shown_document

FILM = b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 40


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.fixture
def film(db: None) -> str:
    return make_shown_document("phim.mp4", FILM).url


def test_a_film_is_served_whole_and_in_parts(client: Client, film: str) -> None:
    whole = client.get(film)
    assert (whole.status_code, whole["Accept-Ranges"], whole["Content-Type"]) == (200, "bytes", "video/mp4")
    assert body(whole) == FILM
    part = client.get(film, HTTP_RANGE="bytes=100-299")
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 100-299/{len(FILM)}")
    assert part["Content-Length"] == "200"
    assert body(part) == FILM[100:300]
    tail = client.get(film, HTTP_RANGE="bytes=-10")
    assert body(tail) == FILM[-10:]


def test_a_part_of_another_version_is_never_mixed_in(client: Client, film: str) -> None:
    etag = client.get(film)["ETag"]
    assert client.get(film, HTTP_RANGE="bytes=5-9", HTTP_IF_RANGE=etag).status_code == 206
    assert client.get(film, HTTP_RANGE="bytes=5-9", HTTP_IF_RANGE='"old"').status_code == 200
    assert client.get(film, HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_behind_the_end_is_416(client: Client, film: str) -> None:
    response = client.get(film, HTTP_RANGE=f"bytes={len(FILM)}-")
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(FILM)}")


def test_head_sends_no_body(client: Client, film: str) -> None:
    response = client.head(film)
    assert (response.status_code, response["Content-Length"], response.content) == (200, str(len(FILM)), b"")


def test_documents_are_not_reachable_beside_their_own_door(client: Client, film: str) -> None:
    assert client.get("/media/documents/phim.mp4").status_code == 404
    assert client.get("/media/../secret-key").status_code == 404
    assert client.get("/media/images/../documents/phim.mp4").status_code == 404


def test_private_files_need_a_signature_of_their_own(client: Client, db: None) -> None:
    name = default_storage.save("evidence/bien-ban.pdf", ContentFile(b"%PDF-1.4 x"))
    other = default_storage.save("evidence/khac.pdf", ContentFile(b"%PDF-1.4 y"))
    link = signed_url(name)
    assert client.get(f"/media/{name}").status_code == 404
    assert client.get(link).status_code == 200
    assert client.get(f"/media/{other}?{link.split('?')[1]}").status_code == 404


def test_a_page_in_disguise_is_a_download_of_unknown_kind(client: Client, db: None) -> None:
    response = client.get(make_shown_document("hinh.png", b"<html><script>alert(1)</script>").url)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\x89PNG\r\n\x1a\n..", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\xef\xbb\xbfWEBVTT\n", "text/vtt"),
        ("Đoàn viên".encode(), "text/plain; charset=utf-8"),
        (b" <SVG onload=x>", "application/octet-stream"),
        (b"MZ\x90\x00", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_kinds_are_told_by_content(head: bytes, mime: str) -> None:
    assert kind_of(head).mime == mime


def picture(**save: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "JPEG", **save)
    return out.getvalue()


def test_pictures_lose_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Máy ảnh của Lan"
    clean = checked_picture(SimpleUploadedFile("a.JPG", picture(exif=exif)))
    with Image.open(clean) as drawn:
        assert drawn.size == (20, 40)
        assert dict(drawn.getexif()) == {}
    assert clean.name == "a.jpg"


@pytest.mark.parametrize("content", [b"<svg/>", b"\x89PNG\r\n\x1a\nbroken", picture()[:200], b""])
def test_what_is_no_picture_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(ValidationError):
        checked_picture(SimpleUploadedFile("a.png", content))


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"MZ\x90"), ("a.pdf", b"\x89PNG\r\n\x1a\n"), ("a", b"%PDF-1")])
def test_a_file_must_be_what_its_name_says(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        check_file(SimpleUploadedFile(name, content))


def test_a_document_by_its_right_name_is_taken() -> None:
    check_file(SimpleUploadedFile("a.pdf", b"%PDF-1.4 noi dung"))
