"""A member reads a course: on a phone and a wide screen, with and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.models import CheckAnswer, LessonPage
from lms.learning.models import Completion, Progress
from tests.cast import Cast
from tests.cms.factories import RIGHT, WRONG, make_course, make_document, make_image, make_lesson, question, text
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe, no_sideways_scroll, small_targets
from tests.e2e.server import LiveServer

WIDTHS = pytest.mark.parametrize("width", [345, 390, 1440])
LONG = (
    "Chuyển đổi số giúp công việc công đoàn nhanh hơn, gần đoàn viên hơn, và mỗi cán bộ làm được nhiều việc hơn. " * 8
)


def looks_right(page: Page) -> None:
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)


def all_kinds() -> list[Any]:
    image, file = make_image().pk, make_document().pk
    film = make_document("phim.mp4", b"\x00\x00\x00\x20ftypisom" + b"0" * 4000).pk
    words = make_document("loi.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin ch\xc3\xa0o\n").pk
    return [
        text(LONG),
        ("image", {"image": image, "alt": "Ba bước cài đặt", "caption": "Ba bước"}),
        ("infographic", {"image": image, "alt": "Chữ ký số", "description": "<p>Tất cả bằng chữ</p>"}),
        ("video", {"title": "Phim", "file": film, "captions": words, "poster": image, "transcript": "<p>Lời</p>"}),
        ("youtube", {"title": "Phim khác", "link": "https://youtu.be/dQw4w9WgXcQ", "poster": image}),
        ("document", {"title": "Toàn văn Chương trình", "document": file, "note": "Bản dự thảo"}),
        ("callout", {"kind": "legal", "text": "<p>Điều 5</p>", "reference": "còn hiệu lực", "document": file}),
        ("callout", {"kind": "warning", "title": "Giữ an toàn", "text": "<p>Không đưa mã cho ai</p>"}),
        (
            "table",
            {"caption": "Chỉ tiêu", "rows": "Chỉ tiêu\tTỷ lệ\nChữ ký số ở nơi thí điểm\t50%", "has_header": True},
        ),
        question(),
    ]


@WIDTHS
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_reading_looks_right(page_at: PageAt, real_cast: Cast, width: int, dark: bool) -> None:
    course = make_course("Chuyển đổi số trong hệ thống Công đoàn tỉnh giai đoạn 2023-2028, định hướng đến 2030")
    lesson = make_lesson(course, "Chữ ký số và dịch vụ công trực tuyến", all_kinds())
    make_lesson(course, "Thanh toán không dùng tiền mặt")
    for member in (None, real_cast.lan, real_cast.admin):
        page = page_at(width, member=member, dark=dark)
        for path in ("/", "/courses/", course.address, lesson.address, "/search/?q=chu+ky", "/search/?q=zzz"):
            page.goto(path)
            looks_right(page)


def test_a_home_page_without_anything_looks_right(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    for path in ("/", "/courses/"):
        page.goto(path)
        looks_right(page)


def test_reading_to_the_end_and_answering_completes_the_lesson(page_at: PageAt, real_cast: Cast) -> None:
    course = make_course()
    lesson = make_lesson(course, "Bài một", [text(LONG) for _ in range(6)] + [question()])
    make_lesson(course, "Bài hai")
    page = page_at(390, member=real_cast.lan)
    page.goto("/")
    page.get_by_role("link", name="Bắt đầu học").click()
    page.get_by_role("link", name="Bắt đầu học").click()
    assert page.locator("h1").inner_text() == "Bài một"
    assert page.locator("[data-rule=read].done").count() == 0
    page.get_by_label(WRONG).check()
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_text("Chưa đúng. Hãy đọc lại")).to_be_visible()
    page.get_by_label(RIGHT).check()
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_text("Mục IV.1 giao việc này.")).to_be_visible()
    page.locator("[data-end]").scroll_into_view_if_needed()
    expect(page.locator("[data-rule=read].done")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Bài học đã hoàn thành")).to_be_visible()
    page.get_by_role("link", name="Sang bài 2").click()
    assert page.locator("h1").inner_text() == "Bài hai"
    assert Completion.objects.filter(activity__key=lesson.activity_key, member=real_cast.lan).count() == 1


def test_reading_goes_on_where_it_stopped(page_at: PageAt, real_cast: Cast) -> None:
    lesson = make_lesson(make_course(), "Bài dài", [text(f"Đoạn {n}. {LONG}") for n in range(8)])
    page = page_at(390, member=real_cast.lan)
    page.goto(lesson.address)
    fifth = lesson.block_ids()[5]
    with page.expect_response(lambda answer: answer.url.endswith("/position/")):
        page.evaluate("(id) => document.getElementById(id).scrollIntoView()", f"b-{fifth}")
    stopped = Progress.objects.get(activity__key=lesson.activity_key).position
    assert stopped in lesson.block_ids()[4:7]
    other = page_at(1440, member=real_cast.lan)
    other.goto("/")
    other.get_by_role("link", name="Học tiếp").click()
    assert other.url.endswith(f"#b-{stopped}")
    expect(other.locator(f"#b-{stopped}")).to_be_in_viewport()
    other.wait_for_function("scrollY > 300")


def test_a_film_on_youtube_is_only_fetched_after_the_tap(page_at: PageAt, real_cast: Cast) -> None:
    film = ("youtube", {"title": "Phim", "link": "https://youtu.be/dQw4w9WgXcQ", "poster": make_image().pk})
    lesson = make_lesson(make_course(), "Phim", [film])
    page = page_at(390, member=real_cast.lan)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/*youtube-nocookie.com/**", lambda route: route.fulfill(body="<p>phim</p>", content_type="text/html"))
    page.goto(lesson.address, wait_until="networkidle")
    assert [url for url in asked if "127.0.0.1" not in url] == []
    page.locator("[data-youtube]").click()
    page.wait_for_selector("iframe")
    expect(page.frame_locator("iframe").get_by_text("phim")).to_be_visible()
    assert [url.split("?")[0] for url in asked if "127.0.0.1" not in url] == [
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    ]


@pytest.mark.parametrize("width", [390, 1440])
def test_a_course_is_read_without_scripts(page_at: PageAt, real_cast: Cast, width: int) -> None:
    course = make_course()
    first = make_lesson(course, "Bài một", [text(LONG), question()])
    make_lesson(course, "Bài hai", [text("Hết")])
    page = page_at(width, member=real_cast.lan, js=False)
    page.goto("/courses/")
    page.get_by_role("link", name="Chuyển đổi số").click()
    page.get_by_role("link", name="Bắt đầu học").click()
    page.get_by_role("button", name="Hoàn thành, sang bài 2").click()
    expect(page.get_by_text("Đã đọc đến cuối bài.")).to_be_visible()
    page.get_by_label(RIGHT).check()
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_text("Bài học đã hoàn thành")).to_be_visible()
    page.get_by_role("link", name="Sang bài 2").click()
    page.get_by_role("button", name="Hoàn thành bài cuối").click()
    expect(page.get_by_text("Khóa học đã hoàn thành")).to_be_visible()
    assert Completion.objects.filter(member=real_cast.lan).count() == 3
    assert CheckAnswer.objects.get(lesson_key=first.activity_key).is_right is True


def test_a_search_finds_words_without_accents(page_at: PageAt, real_cast: Cast, server: LiveServer) -> None:
    make_lesson(make_course(), "Học tập", [text("Nghị quyết của Đoàn viên")])
    page = page_at(390)
    page.goto("/courses/")
    page.get_by_role("link", name="Tìm kiếm").click()
    page.get_by_label("Cần tìm gì?").fill("nghi quyet")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("Nghị")
    page.get_by_role("link", name="Học tập", exact=True).last.click()
    assert page.locator("h1").inner_text() == "Học tập"
    assert LessonPage.objects.count() == 1
