"""The shared part of a board by plain HTTP, as a CDN and a page without a socket ask for it."""

import json

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from quizzes.live.shelf import Shelf
from quizzes.live.token import board_address
from tests.quizzes.live.doors import get
from tests.quizzes.live.entries import enter
from tests.quizzes.makers import DAY, make_contest, round_document


@pytest.fixture
def contest(real_cast):
    now = timezone.now()
    return make_contest(real_cast.province, rounds=[round_document(now - DAY, now + DAY)], unit_min_people=0)


@pytest.fixture(autouse=True)
def every_look_is_a_new_one(monkeypatch):
    monkeypatch.setattr("quizzes.live.hub.LOOK_EVERY", 0.0)


async def test_a_cdn_may_hold_it_and_nothing_of_a_person_is_in_it(contest, real_cast):
    await sync_to_async(enter)(contest, real_cast.lan, real_cast.may, score=19)
    reply = await get(board_address(contest.pk, 1), cookie="sessionid=whatever")
    assert (reply.status, reply.headers["cache-control"]) == (200, "public, max-age=1, stale-while-revalidate=10")
    assert not {"set-cookie", "vary"} & reply.headers.keys()
    assert json.loads(reply.body)["people"][0]["name"] == "Nguyễn Thị L***"
    assert b"own" not in reply.body
    assert reply.body.decode() == (await sync_to_async(as_others_make_it)(contest)).text


def as_others_make_it(contest):
    return Shelf().current(contest).rendered(1, timezone.now())


async def test_who_has_it_is_told_so_until_it_changes(contest, real_cast):
    address = board_address(contest.pk, 1)
    etag = (await get(address)).headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        same = await get(address, if_none_match=known)
        assert (same.status, same.body, same.headers["etag"]) == (304, b"", etag)
    await sync_to_async(enter)(contest, real_cast.lan, real_cast.may)
    changed = await get(address, if_none_match=etag)
    assert (changed.status, json.loads(changed.body)["entrants"]) == (200, "1")
    assert changed.headers["etag"] != etag


async def test_many_askers_cost_one_look(contest, monkeypatch):
    monkeypatch.setattr("quizzes.live.hub.LOOK_EVERY", 60.0)
    looks = []
    read = Shelf.current_by_id
    monkeypatch.setattr(Shelf, "current_by_id", lambda self, one: looks.append(one) or read(self, one))
    replies = [await get(board_address(contest.pk, 1)) for _ in range(20)]
    assert {reply.status for reply in replies} == {200}
    assert looks == [contest.pk]


@pytest.mark.parametrize("address", ["/live/board/", "/live/board/1-1-00000000000000000000.json", "/live/board/x.json"])
async def test_a_guessed_address_is_none(contest, address):
    assert (await get(address)).status == 404


async def test_a_board_of_no_contest_or_no_round_is_404(contest):
    assert (await get(board_address(contest.pk + 1000, 1))).status == 404
    assert (await get(board_address(contest.pk, 9))).status == 404


async def test_boards_are_only_read(contest):
    assert (await get(board_address(contest.pk, 1), method="POST")).status == 405
    assert (await get(board_address(contest.pk, 1), method="HEAD")).body == b""
