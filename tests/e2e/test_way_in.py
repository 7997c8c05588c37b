"""The first moment of truth: from a Zalo-like link to "Hôm nay" without e-mail, in five fields and taps."""

import pytest
from playwright.sync_api import Page

from lms.people.models import Member
from tests.cast import PIN, Cast, make_cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe, no_sideways_scroll, small_targets
from tests.e2e.server import LiveServer
from tests.factories import make_member


def looks_right(page: Page) -> None:
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)


@pytest.fixture
def people(server: LiveServer) -> Cast:
    cast = make_cast()
    make_member("Nguyễn Hoàng Phương Uyên", unit=cast.may, phone="0912345678", birth_year=1988)
    return cast


@pytest.mark.parametrize(("width", "js"), [(390, True), (390, False), (1440, True)])
def test_from_the_link_to_today_in_five_fields_and_taps(people: Cast, page_at: PageAt, width: int, js: bool) -> None:
    page = page_at(width, js=js)
    page.goto(f"/join/?u={people.may.unit.entry_code}")

    page.get_by_label("Số điện thoại").fill("0912 345 678")  # 1
    page.get_by_label("Năm sinh").fill("1988")  # 2
    page.get_by_role("button", name="Tiếp tục").click()  # 3
    page.get_by_label("Mã PIN 6 số của riêng mình").fill("270815")  # 4
    page.get_by_role("button", name="Xong, vào Hôm nay").click()  # 5

    page.wait_for_url("**/")
    assert page.url.split("/", 3)[3] == ""
    assert Member.objects.get(phone="0912345678").joined_at is not None
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    assert cookie["expires"] > 179 * 24 * 3600
    page.goto("/me/")
    assert page.locator("h1").inner_text() == "Nguyễn Hoàng Phương Uyên"


@pytest.mark.parametrize("width", [390, 1440])
def test_in_and_out_again_in_vietnamese(people: Cast, page_at: PageAt, width: int) -> None:
    page = page_at(width)
    page.goto("/me/")
    page.get_by_label("Số điện thoại, tên đăng nhập hoặc thư điện tử").fill("0912000001")
    page.get_by_label("Mã PIN hoặc mật khẩu").fill("999991")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    assert "Số điện thoại hoặc mã PIN chưa đúng." in page.get_by_role("alert").inner_text()

    page.get_by_label("Mã PIN hoặc mật khẩu").fill(PIN)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/me/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/account/login/")
    assert "Đã đăng xuất." in page.locator("body").inner_text()


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_of_the_way_in_is_accessible(people: Cast, page_at: PageAt, width: int) -> None:
    page = page_at(width)
    code = people.may.unit.entry_code
    for address in ("/account/login/", f"/join/?u={code}", "/join/", "/code/", "/account/password/reset/"):
        page.goto(address)
        looks_right(page)
    page.get_by_role("link", name="Về trang đăng nhập").click()
    page.goto(f"/join/?u={code}")
    page.get_by_label("Số điện thoại").fill("0955555555")
    page.get_by_label("Năm sinh").fill("1988")
    with page.expect_navigation():  # the form asks for its place in the queue before it goes
        page.get_by_role("button", name="Tiếp tục").click()
    looks_right(page)


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_of_an_officer_is_accessible(people: Cast, page_at: PageAt, width: int) -> None:
    page = page_at(width, member=people.binh)
    lan = people.lan.pk
    addresses = ["/me/", "/me/data/", "/people/", "/people/?q=zzz", "/people/requests/", f"/people/{lan}/"]
    addresses += [f"/people/{lan}/appoint/", "/account/security/", "/account/password/change/", "/account/logout/"]
    for address in addresses:
        page.goto(address)
        looks_right(page)
    page.goto(f"/people/{lan}/")
    page.get_by_role("button", name="Cấp mã một lần").click()
    looks_right(page)
