"""Documents and films are open as far as the pages that show them."""

from typing import Any

from django.test import Client
from wagtail.models import PageViewRestriction

from cms.actions import add_lesson, publish
from tests.cast import Cast
from tests.cms.factories import make_course, make_document, make_lesson


def statuses(cast: Cast, address: str) -> list[int]:
    """For a visitor, a member and a trainer."""
    found = []
    for who in (None, cast.lan, cast.trainer):
        client = Client()
        if who:
            client.force_login(who)
        found.append(client.get(address).status_code)
    return found


def file_block(document: Any) -> tuple[str, Any]:
    return "document", {"title": "", "document": document.pk, "note": ""}


def test_a_document_is_open_while_a_published_page_shows_it(cast: Cast) -> None:
    document = make_document()
    lesson = add_lesson(make_course(), title="Bài", body=[file_block(document)])
    assert statuses(cast, document.url) == [404, 404, 200]

    publish(lesson)
    assert statuses(cast, document.url) == [200, 200, 200]
    assert "public" in Client().get(document.url)["Cache-Control"]

    lesson.unpublish()
    assert statuses(cast, document.url) == [404, 404, 200]


def test_a_document_in_a_draft_change_or_below_a_draft_course_stays_closed(cast: Cast) -> None:
    course, old, new = make_course(), make_document("cu.pdf"), make_document("moi.pdf")
    lesson = make_lesson(course, body=[file_block(old)])
    lesson.body = lesson.body.stream_block.to_python([{"type": "document", "value": file_block(new)[1]}])
    lesson.save_revision()
    assert (statuses(cast, old.url)[0], statuses(cast, new.url)[0]) == (200, 404)

    course.unpublish()
    assert statuses(cast, old.url) == [404, 404, 200]


def test_a_link_in_a_text_and_the_document_of_a_course_count(cast: Cast) -> None:
    linked, taught = make_document("a.pdf"), make_document("b.pdf")
    course = make_course(document_file=taught)
    make_lesson(course, body=[("text", f'<p><a linktype="document" id="{linked.pk}">Văn bản</a></p>')])
    assert (statuses(cast, linked.url)[0], statuses(cast, taught.url)[0]) == (200, 200)


def test_a_document_of_a_page_for_members_is_for_members(cast: Cast) -> None:
    document, course = make_document(), make_course()
    make_lesson(course, body=[file_block(document)])
    PageViewRestriction.objects.create(page=course, restriction_type="login")
    assert statuses(cast, document.url) == [404, 200, 200]
