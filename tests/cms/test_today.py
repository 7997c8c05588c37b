from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.people.models import JoinRequest
from tests.cast import Cast
from tests.cms.factories import make_course, make_lesson


def headline(client: Client) -> str:
    page = client.get("/").content.decode()
    return page.split("<h1>")[1].split("</h1>")[0]


def test_visitors_see_what_this_is(client: Client, cast: Cast) -> None:
    make_course()
    page = client.get("/").content.decode()
    assert 'href="/account/login/"' in page
    assert 'href="/courses/chuyen-doi-so/"' in page


def test_nothing_to_do(client: Client, cast: Cast) -> None:
    client.force_login(cast.lan)
    assert client.get("/").context["today"].things == 0


def test_a_course_is_offered_then_continued_then_gone(client: Client, cast: Cast) -> None:
    client.force_login(cast.lan)
    course = make_course()
    lesson = make_lesson(course)
    today = client.get("/").context["today"]
    assert (today.suggestion.key, today.things) == (course.activity_key, 1)
    client.post(f"/lessons/{lesson.pk}/position/", {"block": lesson.block_ids()[0]})
    today = client.get("/").context["today"]
    assert (today.suggestion, [begun.title for begun in today.courses]) == (None, ["Chuyển đổi số"])
    client.post(f"/lessons/{lesson.pk}/read/")
    assert client.get("/").context["today"].things == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_costs_the_same(client: Client, cast: Cast, count: int, django_assert_max_num_queries) -> None:
    for number in range(count):
        lesson = make_lesson(make_course(f"Khóa {number}"))
        make_lesson(lesson.parent_page, "Bài hai")
        client.force_login(cast.lan)
        client.post(f"/lessons/{lesson.pk}/read/")
    client.get("/")
    with django_assert_max_num_queries(12):
        assert len(client.get("/").context["today"].courses) == count
    for member in (cast.binh, cast.admin, cast.editor, cast.trainer, cast.organiser):
        client.force_login(member)
        client.get("/")
        with django_assert_max_num_queries(12):
            assert client.get("/").status_code == 200


def test_officers_see_who_waits_in_their_own_part_of_the_tree(client: Client, cast: Cast) -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    for place, unit in enumerate((cast.may, cast.truong, cast.benh_vien)):
        JoinRequest.objects.create(
            full_name=f"Người {place}", phone="0912345678", birth_year=1990, unit=unit.unit, created_at=now
        )
    waiting = {}
    for name in ("binh", "dung", "admin", "lan"):
        client.force_login(getattr(cast, name))
        waiting[name] = client.get("/").context["today"].work.requests
    assert waiting == {"binh": 2, "dung": 1, "admin": 3, "lan": 0}
    assert timezone.now() > now + timedelta(days=1)
