"""How answers travel: over the socket while it works, by plain requests where it doesn't, later when it is told so."""

import json
from typing import Any

from playwright.sync_api import Page, Route, WebSocket, WebSocketRoute, expect

from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import Problems
from tests.e2e.taking import Taker, begin_attempt, within


class Traffic:
    """What this page says to the answer door."""

    def __init__(self, page: Page) -> None:
        self.said: list[dict[str, Any]] = []
        self.heard: list[dict[str, Any]] = []
        page.on("websocket", self._watch)

    def _watch(self, socket: WebSocket) -> None:
        if socket.url.endswith("/live/attempt/"):
            socket.on(
                "framesent", lambda text: self.said.append(json.loads(text) if text[:1] == "{" else {"t": "ticket"})
            )
            socket.on("framereceived", lambda text: self.heard.append(json.loads(text)))


def test_answers_go_over_the_socket(page_at: PageAt, real_cast: Cast) -> None:
    page = page_at(390, member=real_cast.lan)
    traffic = Traffic(page)
    taker = Taker(page, begin_attempt(real_cast)).open()
    within(30, lambda: bool(traffic.heard), page)
    taker.answer(1, 4)
    within(3, lambda: taker.saved == taker.tapped, page)
    assert [one["t"] for one in traffic.said[:2]] == ["ticket", "ping"]
    sent = {answer["place"] for one in traffic.said if one["t"] == "answers" for answer in one["answers"]}
    assert sent == {0, 1, 2, 3}
    within(10, lambda: any(one["t"] == "saved" and one["kept"] for one in traffic.heard), page)
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu 4 câu")


def test_where_sockets_are_cut_answers_go_as_plain_requests(page_at: PageAt, real_cast: Cast) -> None:
    """As a proxy does that knows no sockets: it closes them, or lets them stand and passes nothing."""
    for deed in (WebSocketRoute.close, lambda _socket: None):
        page = page_at(390, member=real_cast.lan)
        page.route_web_socket("**/live/attempt/", deed)
        taker = Taker(page, begin_attempt(real_cast)).open()
        taker.answer(1, 3)
        within(3, lambda taker=taker: taker.saved == taker.tapped, taker.page)
        expect(taker.banner).to_be_hidden()
        taker.attempt.delete()


def test_a_page_that_is_told_later_comes_again_by_itself(page_at: PageAt, real_cast: Cast, problems: Problems) -> None:
    problems.expected.append("503")
    page = page_at(390, member=real_cast.lan)
    page.route_web_socket("**/live/attempt/", WebSocketRoute.close)
    taker = Taker(page, begin_attempt(real_cast)).open()
    refused: list[str] = []

    def crowded(route: Route) -> None:
        refused.append(route.request.method)
        route.fulfill(status=503, json={"error": "busy", "retry": 4}, headers={"Retry-After": "4"})

    page.route("**/live/answer/", crowded)
    taker.tap(1)
    expect(taker.banner).to_contain_text("Máy chủ đang đông. 1 câu đang giữ trên máy này", timeout=3000)
    page.wait_for_timeout(900)
    assert refused == ["POST"]  # not before its time
    page.unroute("**/live/answer/")
    within(15, lambda: taker.saved == taker.tapped, page)
    expect(taker.banner).to_have_text("Máy chủ đã nhận được. Mọi câu trả lời đều đã lưu.")
