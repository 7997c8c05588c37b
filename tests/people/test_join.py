from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from lms.audit.models import Event
from lms.people.actions.codes import give_code, use_code
from lms.people.actions.join import activate, ask, find_row
from lms.people.models import JoinRequest, Member, Membership, OneTimeCode, Tries
from tests.cast import Cast
from tests.factories import make_member

NOW = datetime(2024, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def hoa(cast: Cast) -> Member:
    """In the roster, never signed in."""
    return make_member("Nguyễn Thị Hoa", unit=cast.may, phone="0912345678", birth_year=1988)


def test_from_the_link_to_today_in_five_fields_and_taps(cast: Cast, hoa: Member, client: Client) -> None:
    link = f"/join/?u={cast.may.unit.entry_code}"
    page = client.get(link).content.decode()
    assert cast.may.name in page
    assert f'type="hidden" name="code" value="{cast.may.unit.entry_code}"' in page

    given = {"phone": "0912 345 678", "birth_year": "1988", "code": cast.may.unit.entry_code}
    assert client.post(link, given)["Location"] == "/join/pin/"
    done = client.post("/join/pin/", {"secret": "270815"})

    hoa.refresh_from_db()
    assert done["Location"] == "/"
    assert client.session["_auth_user_id"] == str(hoa.pk)
    assert hoa.full_name in client.get("/me/").content.decode()
    assert client.session.get_expiry_age() == 180 * 24 * 3600
    assert hoa.check_password("270815")
    assert hoa.joined_at is not None
    assert Event.objects.get(verb="member.activate").object_id == str(hoa.pk)


def test_the_link_may_lead_on_to_a_contest_but_not_elsewhere(cast: Cast, hoa: Member, client: Client) -> None:
    given = {"phone": "0912345678", "birth_year": "1988", "code": cast.may.unit.entry_code}
    client.get("/join/?next=/contests/")
    client.post("/join/", given)
    assert client.post("/join/pin/", {"secret": "270815"})["Location"] == "/contests/"

    client.logout()
    hoa.set_unusable_password()
    hoa.save()
    client.get("/join/?next=https://elsewhere.example/")
    client.post("/join/", given)
    assert client.post("/join/pin/", {"secret": "270815", "shared": "on"})["Location"] == "/"
    assert client.session.get_expiry_age() == 30 * 60


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"phone": "123"}, "Đây không phải số di động Việt Nam. Ví dụ: 0912 345 678."),
        ({"birth_year": "88"}, "Ghi năm sinh bằng bốn chữ số, ví dụ 1985."),
        ({"code": "NOBODY"}, "Không có công đoàn nào mang mã này."),
        ({"birth_year": "1989"}, "Chưa thấy anh/chị trong danh sách của công đoàn"),
        ({"phone": "0999999999"}, "Chưa thấy anh/chị trong danh sách của công đoàn"),
    ],
)
def test_what_is_wrong_is_said(cast: Cast, hoa: Member, client: Client, given: dict[str, str], sentence: str) -> None:
    right = {"phone": "0912345678", "birth_year": "1988", "code": cast.may.unit.entry_code}
    assert sentence in client.post("/join/", right | given).content.decode()


def test_another_unions_code_finds_nobody(cast: Cast, hoa: Member) -> None:
    assert find_row("0912345678", 1988, cast.truong.unit_id, now=NOW).member is None
    assert find_row("0912345678", 1988, cast.may.unit_id, now=NOW).member == hoa


def test_two_rows_that_fit_are_nobody(cast: Cast, hoa: Member) -> None:
    make_member("Nguyễn Thị Huệ", unit=cast.may, phone="0912345678", birth_year=1988)

    assert find_row("0912345678", 1988, cast.may.unit_id, now=NOW).member is None


def test_guessing_the_year_is_limited_per_row_and_locks_nobody_else(cast: Cast, hoa: Member) -> None:
    other = make_member("Lê Thị Mận", unit=cast.may, phone="0987654321", birth_year=1975)
    for year in range(1980, 1985):
        find_row("0912345678", year, cast.may.unit_id, now=NOW)

    assert find_row("0912345678", 1988, cast.may.unit_id, now=NOW).locked
    assert find_row("0987654321", 1975, cast.may.unit_id, now=NOW).member == other
    assert find_row("0912345678", 1988, cast.may.unit_id, now=NOW + timedelta(minutes=16)).member == hoa


def test_an_unknown_phone_is_locked_like_a_known_one(cast: Cast) -> None:
    for year in range(1980, 1985):
        find_row("0999999999", year, cast.may.unit_id, now=NOW)

    assert find_row("0999999999", 1988, cast.may.unit_id, now=NOW).locked


def test_parallel_guesses_get_five_tries(real_cast: Cast) -> None:
    make_member("Nguyễn Thị Hoa", unit=real_cast.may, phone="0912345678", birth_year=1988)

    def guess(year: int) -> None:
        find_row("0912345678", year, real_cast.may.unit_id, now=NOW)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(1940, 1970)))
    assert Tries.objects.get().short_used == 5


def test_who_has_a_pin_is_sent_to_sign_in(cast: Cast, client: Client) -> None:
    given = {"phone": "0912000001", "birth_year": "1990", "code": cast.may.unit.entry_code}

    page = client.post("/join/", given).content.decode()
    assert "Anh/chị đã có mã PIN. Hãy đăng nhập bằng số điện thoại và mã PIN đó." in page
    assert "proved" not in client.session


def test_staff_need_a_code_for_the_first_time(cast: Cast, client: Client) -> None:
    make_member("Trần Thị Cán", unit=cast.may, phone="0911111111", birth_year=1980, is_staff=True)
    given = {"phone": "0911111111", "birth_year": "1980", "code": cast.may.unit.entry_code}

    assert "cần mã một lần của quản trị" in client.post("/join/", given).content.decode()


def test_a_weak_pin_is_refused_with_a_sentence(cast: Cast, hoa: Member, client: Client) -> None:
    client.post("/join/", {"phone": "0912345678", "birth_year": "1988", "code": cast.may.unit.entry_code})

    assert "Dãy số liên tiếp rất dễ đoán." in client.post("/join/pin/", {"secret": "123456"}).content.decode()
    assert "Dãy số lặp lại rất dễ đoán." in client.post("/join/pin/", {"secret": "111111"}).content.decode()
    assert "Đồng nghiệp biết năm sinh." in client.post("/join/pin/", {"secret": "198811"}).content.decode()
    hoa.refresh_from_db()
    assert not hoa.has_usable_password()


def test_the_pin_page_is_closed_without_proof(client: Client, db: None) -> None:
    for page in (client.get("/join/pin/"), client.post("/join/pin/", {"secret": "270815"})):
        assert "Vui lòng làm lại từ đầu" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_only_the_first_of_two_activations_counts(real_cast: Cast) -> None:
    hoa = make_member("Nguyễn Thị Hoa", unit=real_cast.may, phone="0912345678", birth_year=1988)

    def choose(pin: str) -> bool:
        try:
            return activate(Member.objects.get(pk=hoa.pk), pin, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(choose, ["270815", "381926", "492037", "503148"])) == [False, False, False, True]


def test_nobody_found_asks_once_and_sees_that_it_waits(cast: Cast, client: Client) -> None:
    given = {"phone": "0999999999", "birth_year": "1991", "code": cast.may.unit.entry_code}
    client.post("/join/", given)
    assert "Vui lòng ghi đủ họ và tên" in client.post("/join/ask/", {"full_name": "Hoa"}).content.decode()
    assert "Đã gửi yêu cầu" in client.post("/join/ask/", {"full_name": " lê   thị hồng "}).content.decode()

    request = JoinRequest.objects.get()
    assert (request.full_name, request.phone, request.unit) == ("lê thị hồng", "0999999999", cast.may.unit)
    assert "đang chờ cán bộ công đoàn duyệt" in client.post("/join/", given).content.decode()
    assert ask("lê thị hồng", "0999999999", 1991, cast.may.unit_id, now=NOW) == request


def test_a_code_is_used_once_and_leads_to_a_new_pin(cast: Cast, client: Client) -> None:
    code = give_code(cast.binh, cast.lan, now=datetime.now(tz=ZoneInfo("Asia/Ho_Chi_Minh")))

    assert client.post("/code/", {"login": "0912000001", "code": f"{code[:4]} {code[4:]}"})["Location"] == "/join/pin/"
    assert client.post("/join/pin/", {"secret": "270815"})["Location"] == "/"
    cast.lan.refresh_from_db()
    assert cast.lan.check_password("270815")
    assert "Mã không đúng" in Client().post("/code/", {"login": "0912000001", "code": code}).content.decode()
    assert [event.verb for event in Event.objects.order_by("pk")] == ["member.give_code", "member.use_code"]
    assert code not in OneTimeCode.objects.get().digest


def test_a_code_ends_after_a_day_and_with_the_next_one(cast: Cast) -> None:
    first = give_code(cast.binh, cast.lan, now=NOW)
    second = give_code(cast.binh, cast.lan, now=NOW)

    assert first == second or use_code("0912000001", first, now=NOW) is None
    assert use_code("0912000001", second, now=NOW + timedelta(hours=24)) is None
    assert use_code("0912000001", second, now=NOW + timedelta(hours=23)) == cast.lan


def test_a_code_works_for_nobody_else(cast: Cast) -> None:
    code = give_code(cast.binh, cast.lan, now=NOW)

    assert use_code("0912000003", code, now=NOW) is None
    assert use_code("0999999999", code, now=NOW) is None


def test_guessing_codes_is_limited(cast: Cast) -> None:
    code = give_code(cast.binh, cast.lan, now=NOW)
    for guess in range(5):
        use_code("0912000001", f"0000000{guess}", now=NOW)

    assert use_code("0912000001", code, now=NOW) is None


def test_twenty_uses_of_a_code_at_once_are_one(real_cast: Cast) -> None:
    code = give_code(real_cast.binh, real_cast.lan, now=NOW)

    def use(_: int) -> Member | None:
        try:
            return use_code("0912000001", code, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert [member for member in pool.map(use, range(20)) if member] == [real_cast.lan]


def test_membership_ends_the_way_in(cast: Cast, hoa: Member) -> None:
    Membership.objects.filter(member=hoa).update(valid_to=NOW.date())

    assert find_row("0912345678", 1988, cast.may.unit_id, now=NOW).member is None


@pytest.mark.parametrize("wanted", ["-1", "people", "a:b", "//evil.example", "/\\evil.example", "javascript:x"])
def test_a_strange_next_leads_home(cast: Cast, client: Client, wanted: str) -> None:
    client.force_login(cast.lan)
    response = client.get("/join/", {"next": wanted})
    assert (response.status_code, response["Location"]) == (302, "/")
