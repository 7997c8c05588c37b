"""Moments of truth: coming back to an attempt, after the browser was killed, in a second tab, on another device."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Playwright, expect

from quizzes.actions.attempts import save_answers
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.proxy import Proxy
from tests.e2e.taking import Taker, begin_attempt, within
from tests.quizzes.attempts import tap

MONTH = 30 * 24 * 3600


class OwnBrowser:
    """A browser with its files on a disk, as on a telephone: it may be killed and opened again."""

    def __init__(self, playwright: Playwright, path: str, files: Path, base: str) -> None:
        self.playwright, self.path, self.files, self.base = playwright, path, files, base
        self.context: BrowserContext | None = None

    def open(self) -> BrowserContext:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.files),
            executable_path=self.path,
            args=["--no-sandbox"],
            base_url=self.base,
            viewport={"width": 390, "height": 844},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        return self.context

    def kill(self) -> None:
        """SIGKILL to the browser and all its processes: those whose files lie where ours do."""
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and str(self.files).encode() in _command(process):
                os.kill(int(process.name), signal.SIGKILL)

    def close(self) -> None:
        if self.context is not None:
            self.context.close()


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def own_browser(playwright: Playwright, chromium_path: str, tmp_path: Path, proxy: Proxy) -> Iterator[OwnBrowser]:
    browser = OwnBrowser(playwright, chromium_path, tmp_path / "telephone", proxy.url)
    yield browser
    browser.kill()


def test_browser_killed_and_opened_again(own_browser: OwnBrowser, proxy: Proxy, real_cast: Cast) -> None:
    client = Client()
    client.force_login(real_cast.lan)
    session = client.cookies["sessionid"].value
    expires = timezone.now().timestamp() + MONTH
    own_browser.open().add_cookies(
        [{"name": "sessionid", "value": session, "url": proxy.url, "expires": expires, "httpOnly": True}]
    )
    own_browser.close()

    taker = Taker(own_browser.open().new_page(), begin_attempt(real_cast)).open()
    taker.answer(1, 11)
    within(3, lambda: taker.saved == taker.tapped, taker.page)
    proxy.cut()
    taker.answer(12, 12)
    taker.tap(13)
    expect(taker.banner).to_contain_text("2 câu đang giữ", timeout=3000)
    own_browser.kill()
    assert len(taker.saved) == 11

    proxy.restore()
    taker.page = own_browser.open().new_page()
    taker.page.goto("/contests/")
    taker.page.get_by_role("link", name="Làm tiếp").first.click()
    taker.ready()
    left = (taker.attempt.deadline_at - timezone.now()).total_seconds()
    assert taker.question_in_view == "13"
    assert abs(taker.seconds_left - left) < 2
    within(5, lambda: taker.saved == taker.tapped, taker.page)
    expect(taker.page.locator("[data-saved]")).to_have_text("Đã lưu 13 câu")


def test_reload_and_second_tab_give_no_extra_time(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(1440, member=real_cast.lan)
    taker = Taker(page, begin_attempt(real_cast)).open()
    taker.answer(1, 2)
    page.wait_for_timeout(2000)
    page.reload()
    taker.ready()
    second = Taker(page.context.new_page(), taker.attempt)
    second.page.goto("/contests/")
    second.page.get_by_role("link", name="Làm tiếp").first.click()
    second.ready()
    left = (taker.attempt.deadline_at - timezone.now()).total_seconds()
    assert (taker.question_in_view, second.question_in_view) == ("3", "3")
    assert abs(taker.seconds_left - left) < 2
    assert abs(second.seconds_left - left) < 2
    deadline = taker.attempt.deadline_at
    taker.attempt.refresh_from_db()
    assert taker.attempt.deadline_at == deadline
    assert real_cast.lan.attempts.count() == 1


def test_the_phones_own_clock_has_no_say(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    page.add_init_script("Date.now = () => 0; Date.prototype.getTime = () => 0;")
    taker = Taker(page, begin_attempt(real_cast, seconds_left=600)).open()
    assert abs(taker.seconds_left - 600) < 8


def test_another_device_goes_on_with_the_same_question_and_time(page_at: PageAt, real_cast: Cast) -> None:
    taker = Taker(page_at(390, member=real_cast.lan), begin_attempt(real_cast)).open()
    taker.answer(1, 5)
    within(3, lambda: taker.saved == taker.tapped, taker.page)
    other = Taker(page_at(1440, member=real_cast.lan), taker.attempt, tapped=taker.tapped).open()
    assert other.question_in_view == taker.question_in_view == "6"
    assert abs(other.seconds_left - taker.seconds_left) <= 1
    other.answer(6, 6)
    within(3, lambda: other.saved == other.tapped, other.page)


def test_a_stale_tab_is_told_that_the_attempt_has_ended(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    stale = Taker(page, begin_attempt(real_cast)).open()
    stale.answer(1, 2)
    within(3, lambda: stale.saved == stale.tapped, page)
    other = Taker(page.context.new_page(), stale.attempt).open("?q=review")
    other.page.get_by_role("button", name="Nộp bài").click()
    other.page.wait_for_url("**/result/")
    counted = dict(stale.tapped)
    stale.tap(3)
    page.wait_for_url("**/result/")
    expect(page.locator("main")).to_contain_text("Lượt thi này đã kết thúc, không sửa được nữa.")
    assert stale.saved == counted
    assert stale.late == {2: stale.tapped[2]}


def test_answers_of_another_tab_show_when_one_looks_again(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    taker = Taker(page, begin_attempt(real_cast)).open()
    save_answers(taker.attempt.pk, [tap(0, "b", 60_000)], arrived_at=timezone.now())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(taker.form(1).locator("input[value=b]")).to_be_checked()
    taker.tap(1)
    within(3, lambda: taker.saved == taker.tapped, page)


def test_the_last_minute_is_announced_and_the_paper_hands_itself_in(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    taker = Taker(page, begin_attempt(real_cast, seconds_left=36)).open()
    taker.answer(1, 2)
    expect(page.locator("[data-voice]")).to_have_text("Còn 30 giây", timeout=15_000)
    page.wait_for_url("**/result/", timeout=45_000)
    taker.attempt.refresh_from_db()
    assert (taker.attempt.closed_by, taker.attempt.answered, taker.attempt.duration_ms) == ("member", 2, 900_000)
    assert taker.saved == taker.tapped
