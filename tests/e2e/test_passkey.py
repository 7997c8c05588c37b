"""A member of staff makes a passkey and comes in with it: Chromium with an authenticator of its own."""

import pytest
from playwright.sync_api import Page

from tests.cast import Cast, make_cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe, no_sideways_scroll, small_targets
from tests.e2e.server import LiveServer

PASSWORD = "mat-khau-dai-1"  # of the cast


@pytest.fixture
def people(server: LiveServer) -> Cast:
    return make_cast()


def with_authenticator(page: Page) -> None:
    """A telephone's fingerprint reader that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_staff_make_a_passkey_and_come_in_with_it(people: Cast, page_at: PageAt, server: LiveServer) -> None:
    page = page_at(390, base=f"http://localhost:{server.port}")  # passkeys belong to names, not to numbers
    page.goto("/account/login/?next=/account/security/")
    page.get_by_label("Số điện thoại, tên đăng nhập hoặc thư điện tử").fill(people.binh.phone)
    page.get_by_label("Mã PIN hoặc mật khẩu").fill(PASSWORD)
    with page.expect_navigation():  # the form asks for its place in the queue before it goes
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
    assert page.url.endswith("/account/security/")
    assert "login" not in page.url

    page.goto("/account/security/webauthn/add/")
    page.get_by_label("Mã PIN hoặc mật khẩu").fill(PASSWORD)  # once more: whoever finds a screen unlocked stops here
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/webauthn/add/")
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)
    with_authenticator(page)  # not before axe: its session with the debugger would switch the authenticator off
    page.get_by_label("Tên khóa").fill("Điện thoại của Bình")
    page.get_by_label("Không cần mật khẩu").check()
    page.get_by_role("button", name="Thêm").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/account/security/webauthn/")
    assert "Điện thoại của Bình" in page.locator("main").inner_text()

    page.goto("/me/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/account/login/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url(f"http://localhost:{server.port}/")
    page.goto("/me/")
    assert page.locator("h1").inner_text() == people.binh.full_name
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    fortnight = 14 * 24 * 3600
    left = cookie["expires"] - page.evaluate("Date.now() / 1000")
    assert fortnight - 600 < left <= fortnight
