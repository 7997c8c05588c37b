"""Trainer writes, editor approves: through Wagtail's own screens."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import TaskState, Workflow, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.actions import ensure_site, sync_roles
from cms.engine import roles
from cms.models import CoursePage, HomePage, LessonPage
from lms.audit.models import Event
from lms.learning.models import Activity
from lms.people.models import Function, Post
from tests.cast import Cast
from tests.cms.factories import make_course, make_lesson
from tests.factories import make_post


def as_(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def lesson_form(title: str, words: str, **extra: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": title,
            "slug": "",
            "minutes": 5,
            "body": streamfield([("text", rich_text(f"<p>{words}</p>"))]),
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
        }
        | extra
    )


def write(trainer: Client, course: CoursePage, title: str = "Bài mới", **extra: Any) -> LessonPage:
    form = lesson_form(title, "Nội dung của bài", slug="bai-moi", **extra)
    response = trainer.post(f"/cms/pages/add/cms/lessonpage/{course.pk}/", form)
    assert response.status_code == 302, response.context["form"].errors
    lesson: LessonPage = LessonPage.objects.get(draft_title=title)
    return lesson


def test_the_site_is_made_once(cast: Cast) -> None:
    before = (HomePage.objects.count(), Workflow.objects.count(), WorkflowPage.objects.count())
    ensure_site()
    assert (HomePage.objects.count(), Workflow.objects.count(), WorkflowPage.objects.count()) == before == (1, 1, 1)


def test_a_trainer_hands_in_an_editor_approves_and_members_read(cast: Cast) -> None:
    course = make_course()
    trainer, editor, reader = as_(cast.trainer), as_(cast.editor), as_(cast.lan)
    lesson = write(trainer, course, **{"action-submit": "1"})
    assert lesson.live is False
    assert reader.get("/courses/chuyen-doi-so/bai-moi/").status_code == 404
    assert editor.get("/").context["today"].work.to_approve == 1
    state = TaskState.objects.get(status="in_progress")
    approve = f"/cms/pages/workflow/action/{lesson.pk}/approve/{state.pk}/"
    assert trainer.post(approve).status_code == 302
    lesson.refresh_from_db()
    assert lesson.live is False, "a trainer can't approve"
    editor.post(approve)
    lesson.refresh_from_db()
    assert lesson.live is True
    assert "Nội dung của bài" in reader.get("/courses/chuyen-doi-so/bai-moi/").content.decode()
    assert Activity.objects.get(key=lesson.activity_key).is_open is True


def test_the_trace_knows_who_published(cast: Cast) -> None:
    lesson = write(as_(cast.trainer), make_course(), **{"action-submit": "1"})
    state = TaskState.objects.get(status="in_progress")
    as_(cast.editor).post(f"/cms/pages/workflow/action/{lesson.pk}/approve/{state.pk}/")
    deeds = Event.objects.filter(object_type="wagtailcore.page", object_id=str(lesson.pk)).order_by("number")
    assert dict(deeds.values_list("verb", "actor_id")) == {
        "wagtail.create": cast.trainer.pk,
        "wagtail.workflow.start": cast.trainer.pk,
        "wagtail.workflow.approve": cast.editor.pk,
        "wagtail.publish": cast.editor.pk,
    }


def test_an_editor_sends_back_and_the_trainer_sees_it(cast: Cast) -> None:
    course = make_course()
    trainer, editor = as_(cast.trainer), as_(cast.editor)
    lesson = write(trainer, course, **{"action-submit": "1"})
    state = TaskState.objects.get(status="in_progress")
    editor.post(f"/cms/pages/workflow/action/{lesson.pk}/reject/{state.pk}/", {"comment": "Thêm căn cứ"})
    assert trainer.get("/").context["today"].work.sent_back == 1
    assert editor.get("/").context["today"].work.to_approve == 0


def test_a_trainer_cannot_publish(cast: Cast) -> None:
    lesson = write(as_(cast.trainer), make_course(), **{"action-publish": "1"})
    assert lesson.live is False


@pytest.mark.parametrize("name", ["lan", "binh", "organiser"])
def test_others_do_not_come_into_the_editor(cast: Cast, name: str) -> None:
    course = make_course()
    response = as_(getattr(cast, name)).get(f"/cms/pages/{course.pk}/edit/")
    assert response.status_code in (302, 403, 404)
    if response.status_code == 302:
        assert "/pages/" not in response["Location"].split("next=")[0]


def test_rights_follow_posts(cast: Cast) -> None:
    names = lambda member: list(member.groups.values_list("name", flat=True))  # noqa: E731  # a word of this test only
    assert (names(cast.trainer), names(cast.editor), names(cast.lan)) == ([roles.TRAINERS], [roles.EDITORS], [])
    post = make_post(cast.lan, Function.TRAINER, cast.may)
    assert names(cast.lan) == [roles.TRAINERS]
    today = timezone.localdate()
    Post.objects.filter(pk=post.pk).update(valid_to=today)
    assert sync_roles(today=today - timedelta(days=1)) == 0
    assert sync_roles(today=today) == 1
    assert names(cast.lan) == []


def test_scheduled_publishing(cast: Cast) -> None:
    course = make_course()
    lesson = make_lesson(course, "Sẵn sàng")
    lesson.unpublish()
    lesson.go_live_at = timezone.now() + timedelta(hours=1)
    lesson.save_revision().publish()
    call_command("publish_scheduled", verbosity=0)
    lesson.refresh_from_db()
    assert lesson.live is False
    due = lesson.get_latest_revision()
    due.approved_go_live_at = timezone.now() - timedelta(minutes=1)  # an hour later, so to say
    due.content["go_live_at"] = due.approved_go_live_at.isoformat()
    due.save()
    call_command("publish_scheduled", verbosity=0)
    lesson.refresh_from_db()
    assert lesson.live is True
    assert Activity.objects.get(key=lesson.activity_key).is_open is True


def test_a_draft_is_previewed_as_it_will_look(cast: Cast) -> None:
    course = make_course()
    lesson = make_lesson(course, "Bài")
    trainer = as_(cast.trainer)
    form = lesson_form("Bài sửa", "Chữ chưa đăng", slug="bai")
    assert trainer.post(f"/cms/pages/{lesson.pk}/edit/preview/", form).json()["is_valid"] is True
    shown = trainer.get(f"/cms/pages/{lesson.pk}/edit/preview/")
    assert "Chữ chưa đăng" in shown.content.decode()
    assert shown.templates[0].name == "cms/lesson.html"


def test_a_question_needs_exactly_one_right_answer(cast: Cast) -> None:
    block = LessonPage._meta.get_field("body").stream_block.child_blocks["question"]
    for marks in ((False, False), (True, True)):
        options = [{"text": f"Câu {place}", "is_right": mark} for place, mark in enumerate(marks)]
        with pytest.raises(StructBlockValidationError):
            block.clean(block.normalize({"question": "Hỏi", "options": options, "explanation": ""}))


def test_uploads_in_the_editor_are_checked(cast: Cast) -> None:
    trainer = as_(cast.trainer)
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh"
    Image.new("RGB", (30, 20), "red").save(out, "JPEG", exif=exif)
    fields = {"title": "Hình", "collection": 1, "tags": "", "description": "", "focal_point_x": ""}
    trainer.post("/cms/images/add/", fields | {"file": SimpleUploadedFile("hinh.jpg", out.getvalue())})
    image = get_image_model().objects.get()
    with image.file.open() as kept, Image.open(kept) as drawn:
        assert dict(drawn.getexif()) == {}
    trainer.post("/cms/documents/add/", {"title": "X", "tags": "", "file": SimpleUploadedFile("x.pdf", b"MZ\x90\x00")})
    assert get_document_model().objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"GIF89a/*" + bytes(20), b"\x89PNG\r\n\x1a\n" + bytes(20), b"\xff\xd8\xff" + bytes(20)]
)
def test_a_damaged_picture_is_refused_with_a_sentence(cast: Cast, content: bytes) -> None:
    fields = {"title": "Hỏng", "collection": "1", "file": SimpleUploadedFile("hinh.gif", content)}
    page = as_(cast.trainer).post("/cms/images/add/", fields)
    assert (page.status_code, get_image_model().objects.count()) == (200, 0)


def test_moved_pages_redirect(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    course = make_course()
    lesson = make_lesson(course, "Bài")
    course.refresh_from_db()
    course.slug = "ten-moi"
    with django_capture_on_commit_callbacks(execute=True):
        course.save_revision().publish()
    response = as_(cast.lan).get("/courses/chuyen-doi-so/bai/")
    assert (response.status_code, response["Location"]) == (301, "/courses/ten-moi/bai/")
    assert lesson.pk
