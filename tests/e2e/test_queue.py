"""A place in the queue at the door: kept through a restart, gone on by itself, nothing typed lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import Problems, axe, no_sideways_scroll, small_targets
from tests.e2e.server import LiveServer
from tests.server import free_port

REFUSED = "503"  # the waiting page's own status, which the browser notes


@pytest.fixture
def door(server: LiveServer) -> Iterator[LiveServer]:
    """A second server whose door is shut until `let_in`."""
    shut = replace(server, environment=server.environment | {"PAGE_ENTRANCES": "0"}, port=free_port(), process=None)
    shut.start()
    yield shut
    shut.stop()


def let_in(door: LiveServer) -> None:
    door.environment = door.environment | {"PAGE_ENTRANCES": "100"}
    door.restart()


def test_the_waiting_page_fits_and_goes_on_by_itself_when_the_door_opens(
    page_at: PageAt, door: LiveServer, problems: Problems
) -> None:
    problems.expected.append(REFUSED)
    page = page_at(390, base=door.url)
    page.goto("/account/login/?next=/contests/")
    expect(page.locator("[data-place]")).to_contain_text("1")
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)
    page.reload()
    expect(page.locator("[data-place]")).to_contain_text("1")

    let_in(door)
    expect(page.locator("input[name=password]")).to_be_visible(timeout=60_000)
    assert page.url.endswith("/account/login/?next=/contests/")


def test_what_was_typed_before_the_rush_is_still_there_when_the_turn_comes(
    page_at: PageAt, server: LiveServer, door: LiveServer, real_cast: Cast, problems: Problems
) -> None:
    problems.expected.append(REFUSED)
    let_in(door)
    page = page_at(390, base=door.url)
    page.goto("/account/login/")
    expect(page.locator("form[data-wired-queue]")).to_have_count(1)
    door.environment = door.environment | {"PAGE_ENTRANCES": "0"}
    door.restart()
    page.fill("input[name=login]", real_cast.lan.phone)
    page.fill("input[name=password]", "246810")
    page.locator("main form button.wide").first.click()
    expect(page.locator("form [data-place]")).to_contain_text("1")
    axe(page)
    let_in(door)
    page.wait_for_url(f"{door.url}/", timeout=60_000)
    assert any(cookie["name"] == "sessionid" for cookie in page.context.cookies())


def test_without_script_the_same_page_tries_again(page_at: PageAt, door: LiveServer, problems: Problems) -> None:
    problems.expected.append(REFUSED)
    page = page_at(390, base=door.url, js=False)
    page.goto("/account/login/")
    with page.expect_response("**/account/login/", timeout=60_000) as again:
        pass  # nobody touches anything
    assert again.value.status == 503
    expect(page.locator("[data-place]")).to_contain_text("1")
    assert page.get_by_role("link", name="Thử lại").get_attribute("href") == "/account/login/"
