"""Courses and lessons for tests."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.actions import add_course, add_lesson, publish
from cms.models import CoursePage, LessonPage

RIGHT, WRONG = "Công đoàn các khu công nghiệp", "LĐLĐ thành phố Bến Tre"


def make_course(title: str = "Chuyển đổi số", **fields: Any) -> CoursePage:
    course = add_course(title=title, **fields)
    publish(course)
    return course


def make_lesson(course: CoursePage, title: str = "Chữ ký số", body: list[Any] | None = None) -> LessonPage:
    lesson = add_lesson(course, title=title, body=[text("Nghị quyết của Đoàn viên")] if body is None else body)
    publish(lesson)
    return lesson


def text(words: str) -> tuple[str, str]:
    return "text", f"<p>{words}</p>"


def question(asked: str = "Ai thí điểm chữ ký số?") -> tuple[str, Any]:
    options = [{"text": WRONG, "is_right": False}, {"text": RIGHT, "is_right": True}]
    return "question", {"question": asked, "options": options, "explanation": "<p>Mục IV.1 giao việc này.</p>"}


def option_of(lesson: LessonPage, place: int, words: str) -> tuple[str, str]:
    """Ids of a question block (the `place`th of the lesson) and of its option with these words."""
    asked = list(lesson.questions().values())[place]
    return asked.id, next(pk for pk, shown in asked.options if shown == words)


def make_image(title: str = "Sơ đồ") -> Any:
    file = BytesIO()
    Image.new("RGB", (60, 40), "#0b4f8a").save(file, "PNG")
    return get_image_model().objects.create(
        title=title, file=ContentFile(file.getvalue(), "so-do.png"), width=60, height=40
    )


def make_document(name: str = "ctr.pdf", content: bytes = b"%PDF-1.4 noi dung") -> Any:
    return get_document_model().objects.create(title=name, file=ContentFile(content, name))


def make_shown_document(name: str = "ctr.pdf", content: bytes = b"%PDF-1.4 noi dung") -> Any:
    """A document that a published lesson offers: open to everybody."""
    document = make_document(name, content)
    make_lesson(make_course(), body=[("document", {"title": "", "document": document.pk, "note": ""})])
    return document
