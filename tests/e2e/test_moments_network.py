"""Moments of truth: the network goes in mid-attempt. What was tapped and what the database holds are compared."""

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.proxy import Proxy
from tests.e2e.server import LiveServer
from tests.e2e.taking import Taker, begin_attempt, within

BACK = "Đã có mạng trở lại. Mọi câu trả lời đều đã lưu."


def kept(count: int) -> str:
    return f"Mất mạng. {count} câu đang giữ trên máy này và sẽ tự gửi khi có mạng. Anh/chị cứ làm tiếp."


@pytest.mark.parametrize("width", [390, 1440])
def test_network_gone_at_question_12(page_at: PageAt, proxy: Proxy, real_cast: Cast, width: int) -> None:
    page = page_at(width, member=real_cast.lan, base=proxy.url)
    taker = Taker(page, begin_attempt(real_cast)).open()
    taker.answer(1, 11)
    within(3, lambda: taker.saved == taker.tapped, page)
    proxy.cut()
    expect(taker.banner).to_contain_text("Mất mạng. 0 câu đang giữ trên máy này.", timeout=3000)
    taker.answer(12, 15)
    expect(taker.banner).to_have_text(kept(4), timeout=3000)
    assert len(taker.saved) == 11
    proxy.restore()
    within(5, lambda: taker.saved == taker.tapped, page)
    expect(taker.banner).to_have_text(BACK)
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu 15 câu")
    assert (len(taker.tapped), taker.late) == (15, {})


def test_a_telephone_without_reception_says_so_after_a_tap(page_at: PageAt, proxy: Proxy, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan, base=proxy.url)
    taker = Taker(page, begin_attempt(real_cast)).open()
    proxy.cut(silent=True)
    taker.tap(1)
    expect(taker.banner).to_have_text(kept(1), timeout=3000)
    proxy.restore()
    within(5, lambda: taker.saved == taker.tapped, page)


def test_a_killed_server_loses_nothing(page_at: PageAt, server: LiveServer, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    taker = Taker(page, begin_attempt(real_cast)).open()
    taker.answer(1, 3)
    within(3, lambda: taker.saved == taker.tapped, page)
    server.kill()
    taker.answer(4, 6)
    page.locator("[data-steps] [data-go='2']").click()
    taker.tap(2, 0)
    expect(taker.banner).to_have_text(kept(4), timeout=3000)
    server.start()
    within(5, lambda: taker.saved == taker.tapped, page)


def test_time_that_ends_during_the_cut(page_at: PageAt, proxy: Proxy, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan, base=proxy.url)
    taker = Taker(page, begin_attempt(real_cast, seconds_left=14, grace_seconds=1)).open()
    taker.answer(1, 5)
    within(3, lambda: taker.saved == taker.tapped, page)
    arrived = dict(taker.tapped)
    proxy.cut()
    taker.answer(6, 9)
    expect(taker.banner).to_contain_text("Đã hết giờ và đang mất mạng. 4 câu đang giữ trên máy này.", timeout=15000)
    page.wait_for_timeout(2500)
    proxy.restore()
    page.wait_for_url("**/result/", timeout=6000)
    assert taker.saved == arrived
    assert taker.late == {place: option for place, option in taker.tapped.items() if place not in arrived}
    expect(page.locator("main")).to_contain_text("5 trong 20 câu trả lời đến kịp giờ")
    expect(page.locator("main")).to_contain_text("Câu 6: đến lúc")
    page.get_by_role("link", name="Báo Ban Tổ chức").click()
    page.get_by_label("Chuyện gì đã xảy ra?").fill("Mất mạng từ câu 6")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("h1")).to_contain_text("Ban Tổ chức đã nhận được")
    assert [one.text for one in taker.attempt.incidents.all()] == ["Mất mạng từ câu 6"]


def test_ninety_seconds_without_network(page_at: PageAt, proxy: Proxy, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan, base=proxy.url)
    taker = Taker(page, begin_attempt(real_cast)).open()
    taker.answer(1, 4)
    within(3, lambda: taker.saved == taker.tapped, page)
    proxy.cut()
    for number in range(5, 14):
        page.wait_for_timeout(10_000)
        taker.answer(number, number)
    expect(taker.banner).to_have_text(kept(9))
    proxy.restore()
    within(5, lambda: taker.saved == taker.tapped, page)
    assert len(taker.tapped) == 13
