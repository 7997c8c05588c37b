"""The walk "answer → another member's board", and the board when sockets are blocked, cut or paused."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, WebSocketRoute, expect

from quizzes.models import Contest
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import axe, no_sideways_scroll, small_targets
from tests.e2e.server import LiveServer
from tests.factories import make_member
from tests.quizzes.live.entries import enter
from tests.quizzes.makers import DAY, make_contest, round_document

SOON = 5_000  # a second behind the database at most, a polling pause, a slow machine


@pytest.fixture
def contest(real_cast: Cast) -> Contest:
    now = timezone.now()
    return make_contest(
        real_cast.province, rounds=[round_document(now - DAY, now + DAY)], unit_min_people=0, attempts_per_round=3
    )


def names(page: Page) -> list[str]:
    return page.locator("[data-people] tbody [data-cell=name]").all_inner_texts()


def seen(page: Page) -> list[list[str]]:
    """The people's board as one reads it: rank, name, points, time."""
    rows = page.locator("[data-people] tbody tr").all()
    return [
        [row.locator(f"[data-cell={cell}]").inner_text() for cell in ("rank", "name", "score", "time")] for row in rows
    ]


def over_http(page: Page, contest: Contest) -> list[list[str]]:
    frame = page.request.get(f"/contests/{contest.slug}/board.json").json()
    return [[str(row[cell]) for cell in ("rank", "name", "score", "time")] for row in frame["people"]]


def live(page: Page) -> None:
    expect(page.locator("[data-link=live]")).to_be_visible(timeout=SOON)


def block_sockets(page: Page) -> None:
    def refuse(socket: WebSocketRoute) -> None:
        socket.close()

    page.route_web_socket(re.compile("/live/board/"), refuse)


def test_one_hands_in_and_the_other_sees_the_board_move(page_at: PageAt, contest: Contest, real_cast: Cast) -> None:
    enter(contest, real_cast.lan, real_cast.may, score=0, seconds=900, at=timezone.now())
    watching = page_at(390, member=real_cast.lan)
    watching.goto(f"/contests/{contest.slug}/")
    live(watching)
    assert names(watching) == ["Nguyễn Thị L***"]

    taking = page_at(1440, member=real_cast.chau)
    taking.goto(f"/contests/{contest.slug}/")
    taking.get_by_role("button", name="Vào thi").click()
    taking.wait_for_url("**/attempts/**")
    expect(watching.locator("[data-board-text=working]")).to_have_text("1", timeout=SOON)
    taking.goto(f"{taking.url.split('?')[0]}?q=review")
    taking.get_by_role("button", name="Nộp bài").click()
    expect(watching.locator("[data-board-text=entrants]")).to_have_text("2", timeout=SOON)
    assert names(watching) == ["Lê Minh C***", "Nguyễn Thị L***"]
    assert seen(watching) == over_http(watching, contest)
    mine = watching.locator("[data-people] tbody tr.me")
    expect(mine.locator("[data-cell=rank]")).to_have_text("2")
    expect(mine.locator("[data-cell=move]")).to_contain_text("▼1")
    expect(watching.locator("[data-say]")).to_have_text("Hạng của anh/chị: 2")


def test_projector_and_phone_show_the_same(page_at: PageAt, contest: Contest, real_cast: Cast) -> None:
    wall, phone = page_at(1440, member=real_cast.organiser), page_at(390, member=real_cast.chau)
    wall.goto(f"/contests/{contest.slug}/board/")
    phone.goto(f"/contests/{contest.slug}/")
    for page in (wall, phone):
        live(page)
    for number, (member, unit) in enumerate(((real_cast.lan, real_cast.may), (real_cast.chau, real_cast.benh_vien))):
        enter(contest, member, unit, score=number, at=timezone.now())
    for page in (wall, phone):
        expect(page.locator("[data-board-text=entrants]")).to_have_text("2", timeout=SOON)
    assert seen(wall) == seen(phone) == over_http(wall, contest)
    expect(phone.locator("tr.me [data-cell=name]").first).to_have_text("Lê Minh C***")
    expect(phone.locator("[data-own-unit]")).to_contain_text("CĐCS Bệnh viện Sông Tiền")


def test_board_moves_by_polling_where_sockets_are_blocked(page_at: PageAt, contest: Contest, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    block_sockets(page)
    page.goto(f"/contests/{contest.slug}/")
    expect(page.locator("[data-link=polling]")).to_be_visible(timeout=SOON)
    enter(contest, real_cast.chau, real_cast.benh_vien, score=3, at=timezone.now())
    enter(contest, real_cast.lan, real_cast.may, score=2, at=timezone.now())
    expect(page.locator("tr.me [data-cell=rank]").first).to_have_text("2", timeout=8_000)
    expect(page.locator("[data-people] tbody tr")).to_have_count(2, timeout=8_000)
    assert seen(page) == over_http(page, contest)


def test_board_comes_back_by_itself_after_the_server_was_away(
    page_at: PageAt, contest: Contest, real_cast: Cast, server: LiveServer
) -> None:
    page = page_at(1440, member=real_cast.lan)
    page.goto(f"/contests/{contest.slug}/board/")
    live(page)
    server.kill()
    expect(page.locator("[data-link=lost]")).to_be_visible(timeout=8_000)
    enter(contest, real_cast.chau, real_cast.benh_vien, at=timezone.now())
    server.start()
    expect(page.locator("[data-board-text=entrants]")).to_have_text("1", timeout=15_000)
    expect(page.locator("[data-link=live]")).to_be_visible(timeout=40_000)


def test_paused_board_stands_still_and_then_shows_the_newest(
    page_at: PageAt, contest: Contest, real_cast: Cast
) -> None:
    page = page_at(1440, member=real_cast.lan)
    page.goto(f"/contests/{contest.slug}/board/")
    live(page)
    page.get_by_role("button", name="Tạm dừng cập nhật").click()
    enter(contest, real_cast.chau, real_cast.benh_vien, at=timezone.now())
    page.wait_for_timeout(2_000)
    assert len(over_http(page, contest)) == 1
    expect(page.locator("[data-board-text=entrants]")).to_have_text("0")
    page.get_by_role("button", name="Tạm dừng cập nhật").click()
    expect(page.locator("[data-board-text=entrants]")).to_have_text("1", timeout=SOON)


def test_tab_in_the_background_costs_nothing(page_at: PageAt, contest: Contest, real_cast: Cast) -> None:
    page = page_at(1440, member=real_cast.lan)
    asked: list[str] = []
    with page.expect_websocket() as opening:
        page.goto(f"/contests/{contest.slug}/board/")
    live(page)
    with opening.value.expect_event("close"):
        turn(page, away=True)
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(6_000)
    assert asked == []
    enter(contest, real_cast.chau, real_cast.benh_vien, at=timezone.now())
    turn(page, away=False)
    expect(page.locator("[data-board-text=entrants]")).to_have_text("1", timeout=SOON)


def turn(page: Page, *, away: bool) -> None:
    """What the browser does when another tab comes to the front, or this one again."""
    page.evaluate(
        """away => {
          Object.defineProperty(document, "hidden", { value: away, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        away,
    )


@pytest.mark.parametrize("width", [345, 390, 1440, 1920])
@pytest.mark.parametrize("dark", [False, True])
def test_board_is_readable_for_all(page_at: PageAt, contest: Contest, real_cast: Cast, width: int, dark: bool) -> None:
    long_name = "Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Thị Ngọc Diễm Quỳnh"
    for number in range(22):
        member = make_member(f"{long_name} {number}", unit=real_cast.truong)
        enter(contest, member, real_cast.truong, score=20, at=timezone.now())
    enter(contest, real_cast.lan, real_cast.may, score=1, seconds=7000, at=timezone.now())
    page = page_at(width, member=real_cast.lan, dark=dark)
    page.goto(f"/contests/{contest.slug}/board/")
    live(page)
    expect(page.locator("tfoot tr.me [data-cell=rank]")).to_have_text("23")
    no_sideways_scroll(page)
    assert small_targets(page) == []
    axe(page)


def test_empty_board_is_readable_for_all(page_at: PageAt, contest: Contest, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    page.goto(f"/contests/{contest.slug}/board/")
    expect(page.get_by_text("Chưa có ai nộp bài.")).to_be_visible()
    axe(page)


def test_board_stands_whole_without_javascript(page_at: PageAt, contest: Contest, real_cast: Cast) -> None:
    enter(contest, real_cast.lan, real_cast.may, score=7, at=timezone.now())
    page = page_at(390, member=real_cast.lan, js=False)
    page.goto(f"/contests/{contest.slug}/board/")
    assert seen(page) == [["1", "Nguyễn Thị L***", "7", "01:00,00"]]
    assert page.locator("[data-people] tbody tr.me").count() == 1


def test_polling_asks_for_the_shared_part_as_nobody_in_particular(
    page_at: PageAt, contest: Contest, real_cast: Cast
) -> None:
    page = page_at(390, member=real_cast.lan)
    block_sockets(page)
    page.goto(f"/contests/{contest.slug}/board/")
    with page.expect_request(re.compile("/live/board/.*json")) as asking:
        expect(page.locator("[data-link=polling]")).to_be_visible(timeout=SOON)
    assert "cookie" not in asking.value.all_headers()


def test_board_loaded_in_the_grace_goes_on_moving(page_at: PageAt, real_cast: Cast) -> None:
    """The round's hour has come; what the server closes later still counts."""
    now = timezone.now()
    contest = make_contest(real_cast.province, rounds=[round_document(now - DAY, now)], unit_min_people=0)
    page = page_at(390, member=real_cast.lan)
    page.goto(f"/contests/{contest.slug}/board/")
    live(page)
    enter(contest, real_cast.chau, real_cast.benh_vien, score=3, at=now)
    expect(page.locator("[data-board-text=entrants]")).to_have_text("1", timeout=8_000)
    expect(page.locator("[data-people] tbody tr")).to_have_count(1)
