"""Dashboards, names and own results in a browser: readable for all, on a phone and a wide screen, light and dark."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from lms.coverage.actions.rebuilding import rebuild
from lms.learning import actions
from tests.cast import Cast
from tests.coverage.world import NOW, P1_01, done, make_course, make_indicators
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe, no_sideways_scroll, small_targets
from tests.factories import make_member, make_unit

WIDTHS = pytest.mark.parametrize("width", [345, 1440])
ASKED = "subject=course:1&population=all&as_of=2024-12-20"
REPORTED = P1_01.replace("P1-01", "P1-03").replace("platform", "reported")


@pytest.fixture
def world(real_cast: Cast) -> Cast:
    make_indicators(P1_01, REPORTED)
    course = make_course()
    names = ("CĐCS Công ty TNHH Một thành viên Chế biến Thủy sản Xuất khẩu Cửa Hàm Luông", "CĐCS xã An Hòa Tây")
    for number, name in enumerate(names):
        unit = make_unit(name, parent=real_cast.ba_tri)
        for place in range(4 + number):
            person = make_member(f"Công Tằng Tôn Nữ Hoàng Phượng Vỹ {number}{place}", unit=unit)
            if place % 2:
                done(person, course, date(2024, 8 + place, 3))
    done(real_cast.lan, course, date(2024, 7, 1))
    rebuild()
    return real_cast


def looks_right(page: Page) -> None:
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true; }")
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)


@WIDTHS
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_dashboards_and_names_are_readable(world: Cast, page_at: PageAt, width: int, *, dark: bool) -> None:
    page = page_at(width, member=world.admin, dark=dark)

    for address in ("/coverage/", f"/coverage/?{ASKED}", f"/coverage/{world.ba_tri.unit_id}/?{ASKED}",
                    f"/coverage/{world.may.unit_id}/?{ASKED}", f"/coverage/{world.ba_tri.unit_id}/people/?{ASKED}",
                    "/coverage/?as_of=2020-01-01", "/coverage/?as_of=nonsense"):  # fmt: skip
        page.goto(address)
        looks_right(page)


@WIDTHS
def test_own_pages_are_readable(world: Cast, page_at: PageAt, width: int) -> None:
    lesson = actions.open_activity(
        key="lesson:1", kind="lesson", title="Bài một", url="/l/", parent=make_course("course:2")
    )
    actions.note_position(world.lan, lesson, position="", now=NOW)
    page = page_at(width, member=world.lan)

    for address in ("/coverage/", "/learning/"):
        page.goto(address)
        looks_right(page)


def test_from_the_province_down_to_a_name_and_its_reminder(world: Cast, page_at: PageAt) -> None:
    page = page_at(1440, member=world.admin)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/coverage/?as_of=2024-12-20")
    page.get_by_label("Chỉ tiêu, khóa học hoặc cuộc thi").select_option("course:1")
    page.get_by_role("button", name="Xem").click()

    page.get_by_role("row").get_by_role("link", name="LĐLĐ huyện Ba Tri").click()
    page.get_by_role("row").get_by_role("link", name="CĐCS xã An Hòa Tây").click()
    page.get_by_role("link", name="Xem danh sách").click()
    expect(page.get_by_role("row")).to_have_count(4)  # the head and three who haven't done it
    page.get_by_role("button", name="Sao chép lời nhắc").click()

    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[1] == "1. Công Tằng Tôn Nữ Hoàng Phượng Vỹ 10"


def test_lists_work_without_scripts(world: Cast, page_at: PageAt) -> None:
    page = page_at(390, member=world.binh, js=False)
    page.goto(f"/coverage/{world.ba_tri.unit_id}/people/?{ASKED}")

    page.get_by_role("link", name="Đã học").click()
    expect(page.get_by_role("row", name="Nguyễn Thị Lan")).to_be_visible()
