from typing import Any

from cms.actions.site import ensure_site
from cms.importer.reading import read_file, to_rows
from cms.importer.views import KIND
from lms.imports.actions import stage
from tests.cast import Cast
from tests.cms.factories import make_course, make_lesson, make_shown_document, question
from tests.house.access import Row, members, public
from tests.quizzes.makers import NOON

AUTHORS: dict[str, Any] = {"owner_is": "trainer"}


def _lesson(_cast: Cast) -> dict[str, int]:
    return {"pk": make_lesson(make_course()).pk}


def _check(_cast: Cast) -> dict[str, Any]:
    lesson = make_lesson(make_course(), body=[question()])
    return {"pk": lesson.pk, "block": next(iter(lesson.questions()))}


def _batch(cast: Cast) -> dict[str, int]:
    rows = to_rows(read_file("KẾ HOẠCH\nI. MỤC ĐÍCH\nMột đoạn.".encode(), "ke-hoach.txt"))
    batch = stage(KIND, "ke-hoach.txt", {"rows": rows, "tags": []}, by_id=cast.trainer.pk, now=NOON)
    return {"batch_id": batch.pk}


def _document(_cast: Cast) -> dict[str, Any]:
    document = make_shown_document()
    return {"document_id": document.pk, "document_filename": document.filename}


def _site(_cast: Cast) -> dict[str, str]:
    ensure_site()
    return {}


ROWS: list[Row] = [
    public("wagtail_serve", path="/", make=_site),
    public("reading:search"),
    public("wagtaildocs_serve", make=_document),
    members("reading:read", make=_lesson, method="post", outsider=302, owner=302),
    members("reading:position", make=_lesson, method="post", outsider=204, owner=204),
    members("reading:check", make=_check, method="post", outsider=302, owner=302),
    Row("editor_sign_in", outsider=302, owner=302),
    Row("importer:upload", **AUTHORS),
    Row("importer:preview", make=_batch, **AUTHORS),
    Row("importer:preview", make=_batch, outsider_is="editor", **AUTHORS),  # another author's upload
    Row("importer:commit", make=_batch, method="post", owner=302, **AUTHORS),
]
