from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from lms.people.actions.secrets import choose_secret
from lms.people.actions.sign_in import no_try_left_until, shared_with_family, who_is
from lms.people.actions.tries import drop_old
from lms.people.models import Tries
from tests.cast import PIN, Cast
from tests.factories import make_member

NOW = datetime(2024, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize("typed", ["0912000001", "0912 000 001", "+84912000001", "84912000001", " 0912.000.001 "])
def test_a_phone_signs_in_however_it_is_written(cast: Cast, typed: str) -> None:
    assert who_is(typed, PIN, now=NOW) == cast.lan


def test_user_name_and_e_mail_sign_in_too(cast: Cast) -> None:
    cast.binh.email = "binh@example.vn"
    cast.binh.save()

    assert who_is(cast.binh.username.upper(), "mat-khau-dai-1", now=NOW) == cast.binh
    assert who_is("Binh@Example.vn", "mat-khau-dai-1", now=NOW) == cast.binh


def test_a_wrong_secret_and_an_unknown_name_are_nobody(cast: Cast) -> None:
    assert who_is("0912000001", "135790", now=NOW) is None
    assert who_is("0999999999", PIN, now=NOW) is None
    assert who_is("nobody", PIN, now=NOW) is None


def test_somebody_who_may_not_sign_in_is_nobody(cast: Cast) -> None:
    cast.lan.is_active = False
    cast.lan.save()

    assert who_is("0912000001", PIN, now=NOW) is None


def test_two_people_of_one_phone_are_told_apart_by_their_pins(cast: Cast) -> None:
    mother = make_member("Nguyễn Thị Mẹ", unit=cast.truong, phone="0912000001", password="975318")

    assert who_is("0912000001", PIN, now=NOW) == cast.lan
    assert who_is("0912000001", "975318", now=NOW) == mother
    assert shared_with_family(mother, PIN)
    assert not shared_with_family(cast.lan, PIN)


def test_six_wrong_tries_lock_the_row_and_no_other(cast: Cast) -> None:
    for _ in range(5):
        assert who_is("0912000001", "135790", now=NOW) is None

    assert who_is("0912000001", PIN, now=NOW) is None
    assert no_try_left_until("0912000001", now=NOW) == NOW + timedelta(minutes=15)
    assert who_is("0912000003", PIN, now=NOW) == cast.chau
    assert who_is("0912000001", PIN, now=NOW + timedelta(minutes=15)) == cast.lan


def test_an_unknown_name_is_locked_like_a_known_one(cast: Cast) -> None:
    for _ in range(5):
        who_is("0999 999 999", "135790", now=NOW)

    assert no_try_left_until("0999999999", now=NOW) == NOW + timedelta(minutes=15)
    assert no_try_left_until("0999999998", now=NOW) is None


def test_signing_in_gives_all_tries_back_also_those_of_the_family(cast: Cast) -> None:
    make_member("Nguyễn Thị Mẹ", unit=cast.truong, phone="0912000001", password="975318")
    for _ in range(12):
        assert who_is("0912000001", PIN, now=NOW) == cast.lan

    assert [row.short_used for row in Tries.objects.all()] == [0]


def test_a_relative_can_not_guess_longer_by_signing_in_between(cast: Cast) -> None:
    make_member("Nguyễn Văn Con", unit=cast.truong, phone="0912000001", password="975318")
    for guess in range(8):
        who_is("0912000001", f"31415{guess}", now=NOW)
        who_is("0912000001", "975318", now=NOW)

    assert who_is("0912000001", PIN, now=NOW) is None


def test_forty_guesses_at_one_moment_get_five_tries(real_cast: Cast) -> None:
    def guess(number: int) -> None:
        who_is("0912000001", f"{271800 + number}", now=NOW)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(40)))

    assert Tries.objects.get().short_used == 5


def test_old_tries_are_dropped_and_young_ones_stay(cast: Cast) -> None:
    who_is("0912000001", "135790", now=NOW - timedelta(days=1))
    who_is("0912000003", "135790", now=NOW)

    assert drop_old(NOW) == 1
    assert [row.key for row in Tries.objects.all()] == [f"pin:{cast.chau.pk}"]


def test_choosing_a_new_pin_ends_the_lock(cast: Cast) -> None:
    for _ in range(6):
        who_is("0912000001", "135790", now=NOW)
    choose_secret(cast.lan, "864209", now=NOW)

    assert who_is("0912000001", "864209", now=NOW) == cast.lan
    assert who_is("0912000001", PIN, now=NOW) is None


def test_pins_and_passwords_have_their_own_hashers(cast: Cast) -> None:
    assert cast.lan.password.startswith("pin$")
    assert cast.binh.password.startswith("md5$")


def test_the_key_of_the_installation_guards_the_pins(cast: Cast, settings: object) -> None:
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests"]  # type: ignore[attr-defined]  # the fixture has no type
    settings.SECRET_KEY = "a new one"  # type: ignore[attr-defined]  # the fixture has no type
    assert cast.lan.check_password(PIN)

    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]  # the fixture has no type
    assert not cast.lan.check_password(PIN)


def test_sign_in_lasts_180_days_and_30_minutes_on_a_shared_device(cast: Cast, client: Client) -> None:
    client.post("/account/login/", {"login": "0912000001", "password": PIN})
    assert client.session.get_expiry_age() == 180 * 24 * 3600

    client.logout()
    client.post("/account/login/", {"login": "0912000001", "password": PIN, "shared": "on"})
    assert client.session.get_expiry_age() == 30 * 60


def test_wagtails_own_way_in_leads_to_ours(client: Client, db: None) -> None:
    assert client.get("/cms/login/")["Location"] == "/account/login/?next=%2Fcms%2F"
    assert client.post("/cms/login/", {"username": "x", "password": "y"})["Location"].startswith("/account/login/")
    assert "Bằng mã một lần" in client.get("/cms/password_reset/").content.decode()
    assert "Bằng mã một lần" in client.get("/cms/password_reset/confirm/x/y/").content.decode()
    assert client.get("/cms/pages/")["Location"] == "/cms/login/?next=/cms/pages/"


def test_who_is_no_author_is_led_home_from_wagtail(cast: Cast, client: Client) -> None:
    client.force_login(cast.lan)
    assert client.get("/cms/", follow=True).redirect_chain == [("/cms/login/?next=/cms/", 302), ("/", 302)]


@pytest.mark.parametrize(
    ("username", "spare"), [("lan", ["một câu sai"]), ("trainer", ["271816"]), ("nobody", ["271816", "một câu sai"])]
)
def test_the_time_of_a_refusal_does_not_tell_who_is_known(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, username: str, spare: list[str]
) -> None:
    """Each wrong secret costs one hash of its own form: a look at the row, else a spare one."""
    for member, secret in ((cast.lan, "270815"), (cast.trainer, "bốn từ rất dài")):
        member.set_password(secret)
        member.username = "lan" if member == cast.lan else "trainer"
        member.save()
    hashed: list[str] = []
    monkeypatch.setattr("lms.people.actions.sign_in.make_password", lambda secret, **_: hashed.append(secret))
    assert [who_is(username, secret, now=NOW) for secret in ("271816", "một câu sai")] == [None, None]
    assert hashed == spare
