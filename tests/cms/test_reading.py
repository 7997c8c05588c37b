import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cms.actions.pictures import draw_sizes
from cms.models import CheckAnswer
from lms.learning.models import Activity, Completion
from lms.learning.queries import course_progress
from tests.cast import Cast
from tests.cms.factories import (
    RIGHT,
    WRONG,
    make_course,
    make_document,
    make_image,
    make_lesson,
    option_of,
    question,
    text,
)


@pytest.fixture
def lan(client: Client, cast: Cast) -> Client:
    client.force_login(cast.lan)
    return client


def everything(times: int) -> list:
    """Every kind of block that readers know, each `times` times."""
    body = []
    for _ in range(times):
        image, file = make_image().pk, make_document().pk
        body += [
            text(f'Xem <a linktype="document" id="{file}">văn bản</a>'),
            ("image", {"image": image, "alt": "Ba bước", "caption": ""}),
            ("infographic", {"image": image, "alt": "Hình", "description": "<p>Tất cả bằng chữ</p>"}),
            ("video", {"title": "Phim", "file": file, "captions": file, "poster": image, "transcript": "<p>Lời</p>"}),
            ("youtube", {"title": "Phim", "link": "https://youtu.be/dQw4w9WgXcQ", "poster": image}),
            ("document", {"title": "", "document": file, "note": ""}),
            ("callout", {"kind": "legal", "text": "<p>Điều 5</p>", "reference": "còn hiệu lực", "document": file}),
            ("table", {"caption": "Chỉ tiêu", "rows": "A\tB\n1\t2", "has_header": True}),
            question(),
        ]
    return body


@pytest.mark.parametrize("times", [1, 3])
def test_a_lesson_costs_the_same_whatever_its_length(lan: Client, django_assert_num_queries, times: int) -> None:
    course = make_course()
    for _ in range(times):
        make_lesson(course, f"Bài {_}")
    lesson = make_lesson(course, "Đủ loại", everything(times))
    lan.get(lesson.url)  # pictures are made in their sizes once
    cache.clear()
    with django_assert_num_queries(11):
        response = lan.get(lesson.url)
    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_course_and_the_list_of_courses_cost_the_same(lan: Client, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        course = make_course(f"Khóa {number}")
        for part in range(count):
            make_lesson(course, f"Bài {part}")
    with django_assert_num_queries(6):
        assert lan.get(course.url).status_code == 200
    with django_assert_num_queries(9):
        assert lan.get("/courses/").status_code == 200


def test_visitors_may_read_but_not_answer(client: Client, cast: Cast) -> None:
    lesson = make_lesson(make_course(), body=[text("Bài đọc"), question()])
    shown = client.get(lesson.url).content.decode()
    assert "Bài đọc" in shown
    assert 'name="option"' not in shown
    block, option = option_of(lesson, 0, RIGHT)
    response = client.post(f"/lessons/{lesson.pk}/checks/{block}/", {"option": option})
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
    assert CheckAnswer.objects.count() == 0


def test_the_key_is_never_in_the_page_before_the_right_answer(lan: Client) -> None:
    lesson = make_lesson(make_course(), body=[text("Bài đọc"), question()])
    before = lan.get(lesson.url).content.decode()
    assert RIGHT in before
    assert "is_right" not in before
    assert "Mục IV.1" not in before
    block, wrong = option_of(lesson, 0, WRONG)
    after_wrong = lan.post(f"/lessons/{lesson.pk}/checks/{block}/", {"option": wrong}, follow=True).content.decode()
    assert "Mục IV.1" not in after_wrong
    assert CheckAnswer.objects.get().is_right is False
    _, right = option_of(lesson, 0, RIGHT)
    after = lan.post(f"/lessons/{lesson.pk}/checks/{block}/", {"option": right}, follow=True).content.decode()
    assert "Mục IV.1" in after
    assert CheckAnswer.objects.get().tries == 2


def test_a_lesson_is_complete_when_read_and_checked(lan: Client, cast: Cast) -> None:
    course = make_course()
    lesson = make_lesson(course, body=[text("Đọc"), question("Một"), question("Hai")])
    response = lan.post(f"/lessons/{lesson.pk}/read/")
    assert response["Location"] == f"{lesson.address}#checks"
    assert Completion.objects.count() == 0
    for place in (0, 1):
        block, right = option_of(lesson, place, RIGHT)
        lan.post(f"/lessons/{lesson.pk}/checks/{block}/", {"option": right})
        assert Completion.objects.count() == 2 * place  # the lesson and, as its only one, the course
    done = Completion.objects.get(activity__key=lesson.activity_key)
    assert done.unit_path == cast.may.path
    assert course_progress(cast.lan, course.activity_key).percent == 100


def test_an_answer_from_a_stale_page_is_refused_with_a_sentence(lan: Client) -> None:
    lesson = make_lesson(make_course(), body=[text("Đọc"), question()])
    block, _ = option_of(lesson, 0, RIGHT)
    for path, option in ((block, "lạ"), ("0b0e9d2e-0000-4000-8000-000000000000", "x"), (block, "")):
        shown = lan.post(f"/lessons/{lesson.pk}/checks/{path}/", {"option": option}, follow=True).content.decode()
        assert 'role="alert"' in shown
    assert CheckAnswer.objects.count() == 0


def test_reading_goes_on_where_it_stopped(lan: Client, cast: Cast) -> None:
    course = make_course()
    lesson = make_lesson(course, body=[text(f"Đoạn {n}") for n in range(5)])
    block = lesson.block_ids()[3]
    assert lan.post(f"/lessons/{lesson.pk}/position/", {"block": block}).status_code == 204
    assert lan.post(f"/lessons/{lesson.pk}/position/", {"block": "nowhere"}).status_code == 204
    assert course_progress(cast.lan, course.activity_key).lessons[0].position == block
    assert f'href="{lesson.address}#b-{block}"' in lan.get(course.url).content.decode()
    assert f'href="#b-{block}"' in lan.get(lesson.url).content.decode()
    assert f"{lesson.address}#b-{block}" in lan.get("/").content.decode()


def test_the_script_hears_whether_the_lesson_is_done(lan: Client) -> None:
    lesson = make_lesson(make_course(), body=[text("Đọc")])
    response = lan.post(f"/lessons/{lesson.pk}/read/", HTTP_ACCEPT="application/json")
    assert response.json() == {"read": True, "done": True}


def test_unpublished_pages_are_not_there(lan: Client, cast: Cast) -> None:
    course = make_course()
    lesson = make_lesson(course)
    url, course_url = lesson.url, course.url
    lesson.unpublish()
    assert lan.get(url).status_code == 404
    assert lan.post(f"/lessons/{lesson.pk}/read/").status_code == 404
    assert Activity.objects.get(key=lesson.activity_key).is_open is False
    lesson.save_revision().publish()
    assert lan.get(url).status_code == 200
    course.unpublish()
    assert lan.get(course_url).status_code == 404
    assert lan.get(url).status_code == 404, "a lesson of a withdrawn course is withdrawn with it"
    assert Activity.objects.filter(is_open=True).count() == 0


def test_the_ledger_follows_the_pages(cast: Cast) -> None:
    course = make_course("Chuyển đổi số", tags=["CDS"])
    first, second = make_lesson(course, "Bài đầu"), make_lesson(course, "Bài hai", [text("x"), question()])
    assert list(Activity.objects.order_by("place", "pk").values_list("title", "place", "tags", "needs_check")) == [
        ("Chuyển đổi số", 1, ["CDS"], False),
        ("Bài đầu", 1, [], False),
        ("Bài hai", 2, [], True),
    ]
    second.move(first, pos="left")
    assert Activity.objects.get(key=second.activity_key).place == 1
    first.refresh_from_db()
    first.title = "Bài mở đầu"
    first.save_revision().publish()
    assert Activity.objects.get(key=first.activity_key).title == "Bài mở đầu"
    course.refresh_from_db()
    course.slug = "cds"
    course.save_revision().publish()
    assert Activity.objects.get(key=first.activity_key).url == "/courses/cds/bai-dau/"
    course.delete()
    assert Activity.objects.filter(is_open=True).count() == 0


def test_addresses_are_plain_letters(cast: Cast) -> None:
    course = make_course("Đoàn viên và Nghị quyết")
    assert course.url == "/courses/doan-vien-va-nghi-quyet/"


def test_a_private_page_is_not_shown_and_takes_no_answers(lan: Client) -> None:
    from wagtail.models import PageViewRestriction

    course = make_course()
    lesson = make_lesson(course)
    PageViewRestriction.objects.create(page=course, restriction_type="password", password="bí mật")
    assert lan.get(lesson.url).templates[0].name != "cms/lesson.html"
    assert lan.post(f"/lessons/{lesson.pk}/read/").status_code == 404
    assert Completion.objects.count() == 0
    assert timezone.now() > course.first_published_at


def test_pictures_are_drawn_in_their_sizes_when_a_lesson_is_published(cast: Cast) -> None:
    image = make_image()
    lesson = make_lesson(make_course(), body=[("image", {"image": image.pk, "alt": "Ba bước", "caption": ""})])
    cache.clear()  # another test's picture may have had the same number
    assert draw_sizes(lesson.pk) == 1
    assert sorted(rendition.filter_spec for rendition in image.renditions.all()) == [
        "width-1200|format-webp",
        "width-480|format-webp",
    ]
    assert draw_sizes(0) == 0
