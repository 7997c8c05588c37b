"""The frame that all pages share, and the pages that stand when something is wrong."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import Problems, Weight, axe, no_sideways_scroll, small_targets
from tests.e2e.proxy import Proxy
from tests.e2e.server import LiveServer

WIDTHS = pytest.mark.parametrize("width", [345, 390, 1440])
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def looks_right(page: Page) -> None:
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)


@WIDTHS
@THEMES
def test_style_guide_fits_every_screen(page_at: PageAt, real_cast: Cast, width: int, dark: bool) -> None:
    page = page_at(width, member=real_cast.admin, dark=dark)
    page.goto("/styleguide/")
    assert page.locator("h1").inner_text() == "Sổ tay giao diện"
    looks_right(page)


@THEMES
@pytest.mark.parametrize("path", ["/offline/", "/no-such-page/"])
def test_pages_of_trouble_fit_every_screen(page_at: PageAt, problems: Problems, path: str, dark: bool) -> None:
    problems.expected.append("status of 404")
    for width in (345, 1440):
        page = page_at(width, dark=dark)
        page.goto(path)
        looks_right(page)


def test_pages_of_trouble_say_what_to_do(page_at: PageAt, problems: Problems, real_cast: Cast) -> None:
    problems.expected += ["status of 404", "status of 403"]
    page = page_at(390, member=real_cast.lan)
    page.goto("/no-such-page/")
    assert page.locator("main .button").inner_text() == "Về trang Hôm nay"
    page.evaluate("for (const field of document.querySelectorAll('[name=csrfmiddlewaretoken]')) field.value = 'stale'")
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[action=\"/language/\"]').submit()")
    assert page.locator("h1").inner_text() == "Trang này mở đã quá lâu"
    looks_right(page)


def test_theme_changes_at_once_and_stays(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(1440, member=real_cast.admin)
    page.goto("/styleguide/")
    page.get_by_role("button", name="Giao diện tối").click()
    expect(page.get_by_role("button", name="Giao diện sáng")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 26)"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    axe(page)


def test_theme_and_language_work_without_javascript(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.admin, js=False)
    page.goto("/styleguide/")
    page.get_by_role("button", name="Giao diện tối").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Style guide"


def test_keyboard_reaches_content_first(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(1440, member=real_cast.admin)
    page.goto("/styleguide/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_navigation_has_the_places_of_the_person(page_at: PageAt, problems: Problems, real_cast: Cast) -> None:
    problems.expected.append("status of 404")
    guest, member = page_at(390), page_at(390, member=real_cast.lan)
    officer, editor = page_at(1440, member=real_cast.binh), page_at(1440, member=real_cast.editor)
    names = []
    for page in (guest, member, officer, editor):
        page.goto("/no-such-page/")
        names.append([text.strip() for text in page.locator(".bar nav a:visible").all_inner_texts()])
    assert names == [
        ["Hôm nay", "Học tập", "Cuộc thi", "Đăng nhập"],
        ["Hôm nay", "Học tập", "Cuộc thi", "Hồ sơ"],
        ["Hôm nay", "Học tập", "Cuộc thi", "Chỉ tiêu", "Hồ sơ"],
        ["Hôm nay", "Học tập", "Cuộc thi", "Chỉ tiêu", "Soạn bài", "Hồ sơ"],
    ]


def test_danger_is_asked_about_first(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.admin)
    page.goto("/styleguide/")
    button = page.locator("[data-confirm]")
    page.wait_for_selector("[data-wired-confirm]")
    button.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Để sau")).to_be_focused()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_text_for_zalo_is_copied(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.admin)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/styleguide/")
    page.wait_for_selector("[data-wired-copy]")
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(page.locator("[data-copy]")).to_have_text("Đã sao chép. Dán vào nhóm Zalo.")
    told = page.evaluate("navigator.clipboard.readText()")
    assert told == "Mời anh chị em vào thi Tuần 2, hạn 20:00 ngày 28/11."


def test_lost_network_is_said_and_answered_with_our_own_page(page_at: PageAt, proxy: Proxy) -> None:
    page = page_at(390, base=proxy.url)
    page.goto("/offline/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    proxy.cut()
    page.goto("/contests/")
    assert page.locator("h1").inner_text() == "Mất kết nối mạng"
    looks_right(page)
    proxy.restore()
    page.context.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible(timeout=3000)
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden(timeout=3000)


def test_cut_network_comes_back(page_at: PageAt, proxy: Proxy) -> None:
    page = page_at(390, base=proxy.url)
    page.goto("/offline/")
    for silent in (False, True):
        proxy.cut(silent=silent)
        gone = page.evaluate("fetch('/theme/', {signal: AbortSignal.timeout(1500)}).then(r => r.status, e => 'gone')")
        assert gone == "gone"
        proxy.restore()
        assert page.evaluate("fetch('/manifest.webmanifest').then(r => r.status)") == 200


def test_killed_server_comes_back_on_its_port(page_at: PageAt, server: LiveServer) -> None:
    page = page_at(390)
    page.goto("/offline/")
    server.kill()
    assert page.evaluate("fetch('/manifest.webmanifest').then(r => r.status, e => 'gone')") == "gone"
    server.start()
    assert page.evaluate("fetch('/manifest.webmanifest').then(r => r.status)") == 200


def test_visits_are_light(page_at: PageAt, problems: Problems) -> None:
    problems.expected.append("status of 404")
    page = page_at(390)
    first, later = Weight(), Weight()
    first.watch(page)
    page.goto("/no-such-page/", wait_until="networkidle")
    assert first.total <= 120_000, first.bytes
    first.stop(page)
    later.watch(page)
    page.goto("/offline/", wait_until="networkidle")
    assert later.total <= 25_000, later.bytes
