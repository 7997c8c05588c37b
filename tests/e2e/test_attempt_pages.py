"""The attempt page as people meet it: without script, by keyboard, on every screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe, no_sideways_scroll, small_targets
from tests.e2e.proxy import Proxy
from tests.e2e.taking import Taker, begin_attempt, within


def check(page: Page) -> None:
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [345, 390, 1440])
@pytest.mark.parametrize("layout", ["one", "all"])
def test_every_state_fits_and_is_readable(
    page_at: PageAt, proxy: Proxy, real_cast: Cast, width: int, dark: bool, layout: str
) -> None:
    page = page_at(width, member=real_cast.lan, dark=dark, base=proxy.url)
    taker = Taker(page, begin_attempt(real_cast, layout=layout)).open()
    taker.tap(1)
    taker.form(1).locator("[data-flag]").click()
    within(3, lambda: taker.saved == taker.tapped, page)
    check(page)
    proxy.cut()
    expect(taker.banner).to_be_visible()
    check(page)
    proxy.restore()
    page.locator("nav [data-go=review]").click()
    expect(page.get_by_role("heading", name="Xem lại và nộp bài")).to_be_visible()
    check(page)
    page.goto(f"/attempts/{taker.attempt.pk}/incident/")
    check(page)


def test_an_attempt_without_script(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan, js=False)
    taker = Taker(page, begin_attempt(real_cast))
    page.goto(f"/attempts/{taker.attempt.pk}/")
    for number in range(1, 4):
        taker.tap(number)
        button = taker.form(number).locator("button[name=next]")
        expect(button).to_contain_text(re.compile(rf"Lưu,\s+Câu {number + 1}"))
        button.click()
        page.wait_for_url(f"**/?q={number + 1}")
    page.get_by_role("link", name="Câu 3", exact=True).first.click()
    taker.tap(3, 2)
    taker.form(3).locator("button[name=next]").click()
    assert taker.saved == taker.tapped
    expect(page.locator("[data-summary]")).to_have_text("Đã lưu 3 câu · 17 câu chưa trả lời.")
    page.locator("nav a[href='?q=review']").click()
    expect(page.get_by_role("heading", name="17 câu chưa trả lời")).to_be_visible()
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/result/")
    taker.attempt.refresh_from_db()
    assert (taker.attempt.answered, taker.attempt.closed_by) == (3, "member")


def test_an_attempt_by_keyboard(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(1440, member=real_cast.lan)
    taker = Taker(page, begin_attempt(real_cast)).open()
    taker.form(1).locator("input[name=options]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    taker.tapped[0] = [taker.form(1).locator("input[name=options]").nth(2).get_attribute("value") or ""]
    within(3, lambda: taker.saved == taker.tapped, page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert taker.question_in_view == "2"


def test_flags_and_handing_in(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    taker = Taker(page, begin_attempt(real_cast)).open()
    taker.answer(1, 20)
    expect(page.get_by_text("Tất cả các câu đã được trả lời.")).to_be_visible()
    page.get_by_role("link", name="Về các câu hỏi").click()
    page.locator("[data-steps] [data-go='7']").click()
    taker.form(7).locator("[data-flag]").click()
    page.reload()
    taker.ready()
    assert taker.question_in_view == "7"
    expect(taker.form(7).locator("[data-flag]")).to_have_attribute("aria-pressed", "true")
    page.locator("nav [data-go=review]").click()
    expect(page.get_by_role("heading", name="1 câu đã đánh dấu")).to_be_visible()
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/result/")
    taker.attempt.refresh_from_db()
    assert (taker.attempt.answered, taker.saved) == (20, taker.tapped)
