from datetime import UTC, datetime

import pytest
from wagtail.rich_text import get_text_for_indexing

from cms.actions.site import ensure_site
from cms.importer.actions.programme import import_programme, lines_of
from cms.importer.engine import slips
from cms.importer.engine.document import Document, read
from cms.importer.engine.source import Line
from cms.models import CoursePage, LessonPage
from lms.audit.models import Event
from tests.cast import Cast

NOW = datetime(2024, 3, 1, 2, tzinfo=UTC)
TEXT = """Số: 12/KH-LĐLĐ
KẾ HOẠCH
Học tập Nghị quyết năm 2024
Để làm việc này, Ban Thường vụ giao:
I. MỤC ĐÍCH
- Việc thứ nhất về CDS.
- Việc thứ hai.
II. TỔ CHỨC
Các đơn vị thực hiện chương trình trình này."""


def _document(text: str = TEXT) -> Document:
    return read([Line(number, line) for number, line in enumerate(text.splitlines(), start=1)])


@pytest.fixture
def site(cast: Cast) -> Cast:
    ensure_site()
    return cast


def _texts(lesson: LessonPage) -> list[str]:
    draft = lesson.get_latest_revision_as_object()
    return [block.value["text"].source for block in draft.body if block.block_type == "imported_text"]


def test_a_draft_course_with_a_lesson_a_heading(site: Cast) -> None:
    report = import_programme(_document(), by=site.trainer, now=NOW, tags=["CDS"])

    course = CoursePage.objects.get()
    assert (course.live, course.document_number, course.tags) == (False, "12/KH-LĐLĐ", ["CDS"])
    lessons = LessonPage.objects.child_of(course)
    assert [lesson.title for lesson in lessons] == ["Phần mở đầu", "I. MỤC ĐÍCH", "II. TỔ CHỨC"]
    assert _texts(lessons[1]) == ["<ul><li>Việc thứ nhất về CDS.</li><li>Việc thứ hai.</li></ul>"]
    assert (report.is_new, report.lessons, report.added) == (True, 3, 6)
    assert Event.objects.get(verb="course.import").details["added"] == 6


def test_the_same_document_again_doubles_nothing(site: Cast) -> None:
    import_programme(_document(), by=site.trainer, now=NOW)
    revisions = [lesson.latest_revision_id for lesson in LessonPage.objects.all()]
    report = import_programme(_document(), by=site.trainer, now=NOW)

    assert (CoursePage.objects.count(), LessonPage.objects.count()) == (1, 3)
    assert (report.same, report.added, report.renewed) == (6, 0, 0)
    assert [lesson.latest_revision_id for lesson in LessonPage.objects.all()] == revisions


def test_a_passage_edited_by_hand_is_kept_and_told(site: Cast) -> None:
    import_programme(_document(), by=site.trainer, now=NOW)
    lesson = LessonPage.objects.get(title="II. TỔ CHỨC")
    raw = list(lesson.body.raw_data)
    raw[0]["value"]["text"] = "<p>Viết lại bằng tay.</p>"
    lesson.body = lesson.body.stream_block.to_python(raw)
    lesson.save_revision()

    report = import_programme(_document(TEXT.replace("này.", "này và báo cáo.")), by=site.trainer, now=NOW)

    assert _texts(LessonPage.objects.get(pk=lesson.pk)) == ["<p>Viết lại bằng tay.</p>"]
    assert [kept.lesson for kept in report.kept] == ["II. TỔ CHỨC"]


def test_blocks_that_people_put_in_between_stay(site: Cast) -> None:
    import_programme(_document(), by=site.trainer, now=NOW)
    lesson = LessonPage.objects.get(title="I. MỤC ĐÍCH")
    lesson.body.append(("text", "<p>Ghi chú của giảng viên.</p>"))
    lesson.save_revision()

    import_programme(_document(TEXT.replace("Việc thứ hai", "Việc thứ nhì")), by=site.trainer, now=NOW)

    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["imported_text", "text"]
    assert "Việc thứ nhì" in get_text_for_indexing(draft.body[0].value["text"].source)


def test_a_chosen_correction_keeps_the_original(site: Cast) -> None:
    document = _document()
    chosen = [slip.key for slip in slips.find(lines_of(document)) if slip.found == "chương trình trình"]
    import_programme(document, by=site.trainer, now=NOW, mended=chosen)

    block = LessonPage.objects.get(title="II. TỔ CHỨC").body[0].value
    assert block["text"].source == "<p>Các đơn vị thực hiện chương trình này.</p>"
    assert block["original"] == "<p>Các đơn vị thực hiện chương trình trình này.</p>"


def test_a_new_heading_is_put_in_its_place(site: Cast) -> None:
    import_programme(_document(), by=site.trainer, now=NOW)
    longer = TEXT.replace("II. TỔ CHỨC", "II. YÊU CẦU\nLàm kịp thời.\nIII. TỔ CHỨC")
    report = import_programme(_document(longer), by=site.trainer, now=NOW)

    titles = [lesson.title for lesson in LessonPage.objects.child_of(CoursePage.objects.get())]
    assert titles[:2] == ["Phần mở đầu", "I. MỤC ĐÍCH"]
    assert titles[-1] == "III. TỔ CHỨC"
    assert report.left_over == []
