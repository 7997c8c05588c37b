"""The second walk: a cadre finishes a lesson on the phone, and the province's dashboard moves on a wide screen."""

from playwright.sync_api import expect

from lms.coverage.actions.rebuilding import rebuild
from lms.learning.models import Completion
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.test_reading import LONG, make_course, make_lesson, text


def test_a_finished_lesson_moves_the_provinces_figure(page_at: PageAt, real_cast: Cast) -> None:
    course = make_course()
    lesson = make_lesson(course, "Bài một", [text(LONG) for _ in range(6)])
    rebuild()
    wide = page_at(1440, member=real_cast.admin)
    asked = f"/coverage/?subject={course.activity_key}&population=full_time"
    wide.goto(asked)
    expect(wide.locator("main")).to_contain_text("0 / 6")

    phone = page_at(390, member=real_cast.binh)
    phone.goto(lesson.address)
    phone.locator("[data-end]").scroll_into_view_if_needed()
    expect(phone.locator("[data-rule=read].done")).to_be_visible()

    wide.goto(asked)
    expect(wide.locator("main")).to_contain_text("1 / 6")
    wide.get_by_role("link", name="LĐLĐ huyện Ba Tri").first.click()
    wide.get_by_role("link", name="Danh sách tên").first.click()
    wide.get_by_role("link", name="Đã học 1").click()
    expect(wide.get_by_text("Trần Văn Bình")).to_be_visible()
    done = Completion.objects.get(member=real_cast.binh, activity__key=course.activity_key)
    assert done.unit_path == real_cast.ba_tri.path
