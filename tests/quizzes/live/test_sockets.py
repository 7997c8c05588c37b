"""The sockets of the boards, through the same application that the server runs."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.db import transaction
from django.utils import timezone

from quizzes.live.consumers import MOST_WORDS, TALKS_TOO_MUCH, hub
from quizzes.live.hub import MOST_OF_ONE
from quizzes.live.publisher import announce
from quizzes.live.routing import websocket_application
from quizzes.live.shelf import Shelf, shelf
from quizzes.live.token import LIFE, Seat, make_token, read_token
from quizzes.models import Attempt
from tests.quizzes.live.doors import get
from tests.quizzes.live.entries import delta_of, enter, enter_and_announce
from tests.quizzes.makers import DAY, make_contest, round_document

ORIGIN = (b"origin", b"http://testserver")


@pytest.fixture
def contest(real_cast):
    now = timezone.now()
    around = round_document(now - DAY, now + DAY)
    return make_contest(real_cast.province, rounds=[around], unit_min_people=0)


@pytest.fixture
async def look() -> AsyncIterator[Any]:
    opened: list[WebsocketCommunicator] = []

    async def connect(contest, member, *, number=1):
        token = make_token(Seat(contest.pk, number, member.pk), now=timezone.now())
        socket = WebsocketCommunicator(websocket_application, f"/live/board/?token={token}", headers=[ORIGIN])
        assert (await socket.connect())[0]
        opened.append(socket)
        return socket

    yield connect
    for socket in opened:
        await socket.disconnect()


async def frames(socket, *, until, seconds=5.0):
    """Frames by kind, newest each, once `until` of them holds."""
    newest: dict[str, Any] = {"board": None, "own": None}

    async def read():
        while not until(newest):
            frame = json.loads(await socket.receive_from(timeout=seconds))
            newest[frame["t"]] = frame

    await asyncio.wait_for(read(), seconds)
    return newest


def complete(newest):
    return newest["board"] is not None and newest["own"] is not None


def has(entrants):
    return lambda newest: newest["board"] is not None and newest["board"]["entrants"] == entrants


async def test_newcomer_gets_the_board_and_the_own_line_at_once(contest, real_cast, look):
    await sync_to_async(enter)(contest, real_cast.lan, real_cast.may, score=19)
    socket = await look(contest, real_cast.lan)
    first = await frames(socket, until=complete)
    assert first["board"]["people"][0]["name"] == "Nguyễn Thị L***"
    assert (first["own"]["row"]["rank"], first["own"]["row"]["key"]) == (1, first["board"]["people"][0]["key"])


async def test_board_of_one_moves_when_another_hands_in(contest, real_cast, look):
    await sync_to_async(enter)(contest, real_cast.lan, real_cast.may, score=10)
    socket = await look(contest, real_cast.lan)
    first = await frames(socket, until=complete)
    await sync_to_async(enter_and_announce)(contest, real_cast.chau, real_cast.benh_vien, score=12)
    moved = await frames(socket, until=lambda newest: complete(newest) and newest["own"]["row"]["rank"] == 2)
    assert [row["name"] for row in moved["board"]["people"]] == ["Lê Minh C***", "Nguyễn Thị L***"]
    assert moved["board"]["version"] == first["board"]["version"] + 2


async def test_starting_moves_the_counter_of_people_at_work(contest, real_cast, look):
    socket = await look(contest, real_cast.lan)
    await frames(socket, until=complete)
    await sync_to_async(enter_and_announce)(contest, real_cast.chau, real_cast.benh_vien, submitted=False)
    moved = await frames(socket, until=lambda newest: newest["board"] is not None)
    assert (moved["board"]["working"], moved["board"]["entrants"]) == ("1", "0")


async def test_what_nobody_announced_is_seen_within_a_second_or_two(contest, real_cast, look):
    """Another process committed: only the database knows."""
    socket = await look(contest, real_cast.lan)
    await frames(socket, until=complete)
    await sync_to_async(enter)(contest, real_cast.chau, real_cast.benh_vien)
    await frames(socket, until=has("1"), seconds=2.5)


async def test_socket_says_what_the_http_board_says(contest, real_cast, look, async_client):
    for member, unit in ((real_cast.lan, real_cast.may), (real_cast.chau, real_cast.benh_vien)):
        await sync_to_async(enter)(contest, member, unit)
    socket = await look(contest, real_cast.lan)
    first = await frames(socket, until=complete)
    await async_client.aforce_login(real_cast.lan)
    feed = await async_client.get(f"/contests/{contest.slug}/board.json")
    own = await async_client.get(f"/contests/{contest.slug}/own.json")
    shared = await get(feed["Location"])
    assert (first["board"], first["own"]) == (json.loads(shared.body), own.json()["own"])


async def test_second_tab_of_one_person_hears_what_the_first_knows(contest, real_cast, look):
    await sync_to_async(enter)(contest, real_cast.lan, real_cast.may)
    first = await look(contest, real_cast.lan)
    told = await frames(first, until=complete)
    for _ in range(5):
        again = await look(contest, real_cast.lan)
        assert (await frames(again, until=complete))["own"] == told["own"]
        await asyncio.sleep(0.3)


async def test_nothing_is_sent_while_nothing_moves(contest, real_cast, look):
    socket = await look(contest, real_cast.lan)
    await frames(socket, until=complete)
    assert await socket.receive_nothing(timeout=1.5)


async def test_watchers_of_another_contest_hear_nothing(contest, real_cast, look):
    now = timezone.now()
    around = round_document(now - DAY, now + DAY)
    other = await sync_to_async(make_contest)(real_cast.province, rounds=[around])
    socket = await look(other, real_cast.lan)
    await frames(socket, until=complete)
    await sync_to_async(enter_and_announce)(contest, real_cast.chau, real_cast.benh_vien)
    assert await socket.receive_nothing(timeout=1.5)


async def test_who_holds_all_seats_gets_no_further_one(contest, real_cast, look):
    sockets = [await look(contest, real_cast.lan) for _ in range(MOST_OF_ONE)]
    token = make_token(Seat(contest.pk, 1, real_cast.lan.pk), now=timezone.now())
    one_more = WebsocketCommunicator(websocket_application, f"/live/board/?token={token}", headers=[ORIGIN])
    assert await one_more.connect() == (False, 4429)
    await frames(await look(contest, real_cast.chau), until=complete)
    await sockets[0].disconnect()
    await frames(await look(contest, real_cast.lan), until=complete)


async def test_who_talks_without_end_is_hung_up_on(contest, real_cast, look):
    socket, other = await look(contest, real_cast.lan), await look(contest, real_cast.chau)
    await frames(socket, until=complete)
    for _ in range(MOST_WORDS):
        await socket.send_to(text_data="x" * 1000)
    assert await socket.receive_output(timeout=5) == {"type": "websocket.close", "code": TALKS_TOO_MUCH}
    assert complete(await frames(other, until=complete))


async def test_a_long_watch_is_given_a_new_token_to_come_back_with(contest, real_cast, look, monkeypatch):
    monkeypatch.setattr("quizzes.live.hub.RENEW_EVERY", 0.5)
    socket = await look(contest, real_cast.lan)
    newest = await frames(socket, until=lambda newest: "token" in newest)
    seat = Seat(contest.pk, 1, real_cast.lan.pk)
    assert read_token(newest["token"]["token"], now=timezone.now() + LIFE / 2) == seat


async def test_a_quiet_line_says_now_and_then_that_it_holds(contest, real_cast, look, monkeypatch):
    monkeypatch.setattr("quizzes.live.hub.ALIVE_EVERY", 0.5)
    socket = await look(contest, real_cast.lan)
    await frames(socket, until=lambda newest: "beat" in newest)


async def test_a_watcher_who_left_leaves_nothing_behind(contest, real_cast, look):
    socket = await look(contest, real_cast.lan)
    await frames(socket, until=complete)
    await socket.disconnect()
    assert (hub.rooms, hub.sockets) == ({}, {})


@pytest.mark.parametrize("query", ["", "?token=", "?token=1.1.1.99999999999:forged", "?token=%FF%00"])
async def test_socket_without_a_good_token_is_refused(query):
    socket = WebsocketCommunicator(websocket_application, f"/live/board/{query}", headers=[ORIGIN])
    assert await socket.connect() == (False, 4401)


async def test_an_old_token_is_refused():
    token = make_token(Seat(1, 1, 1), now=timezone.now() - LIFE)
    socket = WebsocketCommunicator(websocket_application, f"/live/board/?token={token}", headers=[ORIGIN])
    assert await socket.connect() == (False, 4401)


async def test_pages_of_other_origins_are_refused():
    token = make_token(Seat(1, 1, 1), now=timezone.now())
    origin = [(b"origin", b"https://elsewhere.example")]
    socket = WebsocketCommunicator(websocket_application, f"/live/board/?token={token}", headers=origin)
    assert (await socket.connect())[0] is False


async def test_unknown_socket_addresses_are_refused():
    socket = WebsocketCommunicator(websocket_application, "/live/nothing/", headers=[ORIGIN])
    assert await socket.connect() == (False, 4404)


def test_a_board_moved_by_deltas_is_the_board_of_the_database(contest, real_cast):
    """Old state and events = fresh state, through the real publisher after real commits."""
    kept = shelf.current(contest)
    entrants = ((real_cast.lan, real_cast.may), (real_cast.chau, real_cast.benh_vien), (real_cast.dung, real_cast.y_te))
    for score, (member, unit) in enumerate(entrants):
        attempt = enter_and_announce(contest, member, unit, submitted=False)
        if score:
            attempt.submitted_at, attempt.score, attempt.duration_ms = timezone.now(), Decimal(score), 61_230
            attempt.save()
            announce(delta_of(attempt))
    now = timezone.now()
    assert kept.rendered(1, now).text == Shelf().current(contest).rendered(1, now).text
    assert (kept.rendered(1, now).frame["entrants"], kept.rendered(1, now).frame["working"]) == ("2", "1")


def test_what_is_rolled_back_is_never_announced(contest, real_cast):
    kept = shelf.current(contest)
    with suppress(RuntimeError), transaction.atomic():
        enter_and_announce(contest, real_cast.lan, real_cast.may)
        raise RuntimeError
    assert kept.rendered(1, timezone.now()).frame["entrants"] == "0"


def test_a_board_that_fails_never_breaks_the_write(contest, real_cast, monkeypatch):
    def fail(_delta):
        raise RuntimeError("a broken board")

    monkeypatch.setattr("quizzes.live.publisher._listeners", [fail])
    enter_and_announce(contest, real_cast.lan, real_cast.may)
    assert Attempt.objects.count() == 1
