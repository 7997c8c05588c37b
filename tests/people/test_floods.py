"""Floods: of join requests, of guessed entry codes. Who is not part of them comes through."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client

from lms.people.actions.entry import WRONG_CODES, TooManyCodes, unit_of_code
from lms.people.actions.join import REQUESTS, WRONG_ROWS, ask, drop_old_requests, find_row
from lms.people.actions.requests import AlreadyDecided, approve, refuse, undo
from lms.people.models import JoinRequest, RequestState
from tests.cast import Cast
from tests.factories import make_member

NOW = datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_guessing_entry_codes_is_stopped_but_known_ones_stay_open(cast: Cast) -> None:
    code = cast.may.unit.entry_code
    assert unit_of_code(f" {code} ", "1.2.3.4", NOW.date()) == cast.may
    for _guess in range(WRONG_CODES.most):
        WRONG_CODES.count("1.2.3.4")

    with pytest.raises(TooManyCodes):
        unit_of_code(cast.benh_vien.unit.entry_code, "1.2.3.4", NOW.date())
    assert unit_of_code(code, "1.2.3.4", NOW.date()) == cast.may
    assert unit_of_code(cast.benh_vien.unit.entry_code, "5.6.7.8", NOW.date()) == cast.benh_vien


def test_the_page_counts_wrong_codes_and_says_when_there_are_too_many(cast: Cast, client: Client) -> None:
    given = {"phone": "0912345678", "birth_year": "1988", "code": "999999"}
    assert "Không có công đoàn nào mang mã này" in client.post("/join/", given).content.decode()
    client.get("/join/?u=888888")
    assert cache.get("limit:entry-code:127.0.0.1") == 2
    for _guess in range(WRONG_CODES.most):
        WRONG_CODES.count("127.0.0.1")

    sentence = "Mạng anh/chị đang dùng đã nhập sai mã công đoàn quá nhiều lần"
    assert sentence in client.post("/join/", given).content.decode()
    assert cast.may.name not in client.get(f"/join/?u={cast.may.unit.entry_code}").content.decode()


def test_who_has_a_code_can_not_go_through_all_telephones(cast: Cast) -> None:
    make_member("Nguyễn Thị Hoa", unit=cast.may, phone="0912345678", birth_year=1988)
    assert find_row("0911111111", 1988, cast.may.unit_id, now=NOW).member is None
    for _guess in range(WRONG_ROWS.most):
        WRONG_ROWS.count(str(cast.may.unit_id))

    assert find_row("0912345678", 1988, cast.may.unit_id, now=NOW).locked
    assert not find_row("0912345678", 1988, cast.truong.unit_id, now=NOW).locked


def test_one_address_asks_a_hundred_times_an_hour(cast: Cast) -> None:
    for _request in range(REQUESTS.most - 1):
        REQUESTS.count("1.2.3.4")

    assert ask("Lê Thị Một", "0911111111", 1990, cast.may.unit_id, address="1.2.3.4", now=NOW)
    assert ask("Lê Thị Hai", "0922222222", 1990, cast.may.unit_id, address="1.2.3.4", now=NOW) is None
    assert ask("Lê Thị Hai", "0922222222", 1990, cast.may.unit_id, address="5.6.7.8", now=NOW)


def test_two_people_of_one_telephone_ask_each_for_herself(cast: Cast) -> None:
    first = ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOW)

    assert ask("Lê Văn Hùng", "0999999999", 1989, cast.may.unit_id, now=NOW) != first
    assert ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOW) == first


def test_the_officer_refuses_strange_requests_together_and_keeps_the_known(cast: Cast, client: Client) -> None:
    make_member("Lê Thị Hồng", unit=cast.may, birth_year=1991)
    known = ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOW)
    strange = [ask(f"Ai Đó {n}", f"091111111{n}", 1990, cast.may.unit_id, now=NOW) for n in range(5)]
    elsewhere = ask("Ai Khác", "0911111119", 1990, cast.benh_vien.unit_id, now=NOW)
    later = ask("Ai Nữa", "0911111118", 1990, cast.truong.unit_id, now=NOW)
    client.force_login(cast.binh)
    assert "Từ chối 6 yêu cầu này" in client.get("/people/requests/").content.decode()

    shown = [request.pk for request in [known, *strange, elsewhere] if request]
    page = client.post("/people/requests/refuse/", {"shown": shown}, follow=True).content.decode()

    assert "Số yêu cầu đã từ chối: 5." in page
    waiting = set(JoinRequest.objects.waiting())
    assert waiting == {known, elsewhere, later}
    assert client.post("/people/requests/refuse/", {"shown": ["x"]}).status_code == 302


def test_old_requests_are_forgotten(cast: Cast) -> None:
    old = ask("Lê Thị Cũ", "0911111111", 1990, cast.may.unit_id, now=NOW - timedelta(days=31))
    new = ask("Lê Thị Mới", "0922222222", 1990, cast.may.unit_id, now=NOW)
    refused = ask("Lê Thị Ba", "0933333333", 1990, cast.may.unit_id, now=NOW - timedelta(days=40))
    assert old
    assert refused
    refuse(cast.binh, refused, now=NOW - timedelta(days=31))

    assert drop_old_requests(NOW) == 2
    assert list(JoinRequest.objects.all()) == [new]


def test_a_refusal_is_not_taken_back_over_a_newer_request(cast: Cast) -> None:
    request = ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOW)
    assert request
    refuse(cast.binh, request, now=NOW)
    ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOW)

    with pytest.raises(AlreadyDecided):
        undo(cast.binh, request, now=NOW)


def test_a_phone_is_not_given_back_once_somebody_has_come_in_with_the_other(cast: Cast) -> None:
    hong = make_member("Lê Thị Hồng", unit=cast.may, phone="0933333333", birth_year=1991)
    request = ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOW)
    assert request
    approve(cast.binh, request, hong, now=NOW)
    hong.joined_at = NOW + timedelta(minutes=5)
    hong.save()

    with pytest.raises(AlreadyDecided):
        undo(cast.binh, request, now=NOW + timedelta(hours=1))
    assert JoinRequest.objects.get().state == RequestState.APPROVED
