import re
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from lms.notify.sms import ConsoleSender, sender
from tests.cast import PIN, Cast

PASSWORD = "mat-khau-dai-1"


def sign_in(client: Client, login: str, password: str) -> Any:
    return client.post("/account/login/", {"login": login, "password": password})


def page(response: Any) -> str:
    return str(response.content.decode())


def test_wrong_and_unknown_are_told_the_same(cast: Cast, client: Client) -> None:
    sentence = "Số điện thoại hoặc mã PIN chưa đúng."
    assert sentence in page(sign_in(client, "0912000001", "135790"))
    assert sentence in page(sign_in(client, "0999999999", "135790"))
    assert sentence in page(sign_in(client, "khong-co", "135790"))
    assert sentence in page(sign_in(client, "ai@example.vn", "135790"))


@pytest.mark.parametrize("login", ["0912000001", "0999999999"])
def test_too_many_tries_are_told_the_same_for_known_and_unknown(cast: Cast, client: Client, login: str) -> None:
    for _ in range(4):
        assert "Đã nhập sai quá nhiều lần." not in page(sign_in(client, login, "135790"))

    assert "Đã nhập sai quá nhiều lần." in page(sign_in(client, login, "135790"))
    assert sign_in(client, "0912000003", PIN).status_code == 302


def test_a_factory_behind_one_address_signs_in(cast: Cast, client: Client) -> None:
    for _ in range(40):
        assert sign_in(Client(), "0912000001", PIN).status_code == 302


def test_sign_in_leads_on_but_only_within_the_site(cast: Cast, client: Client) -> None:
    given = {"login": "0912000001", "password": PIN}
    assert client.post("/account/login/", given | {"next": "/contests/"})["Location"] == "/contests/"
    assert Client().post("/account/login/", given | {"next": "https://elsewhere.example"})["Location"] == "/"


def test_a_member_changes_the_pin_and_other_devices_are_signed_out(cast: Cast, client: Client) -> None:
    other = Client()
    sign_in(client, "0912000001", PIN)
    sign_in(other, "0912000001", PIN)
    address = "/account/password/change/"

    wrong = page(client.post(address, {"oldpassword": "000000", "password1": "270815"}))
    assert "Mã PIN hoặc mật khẩu hiện tại chưa đúng." in wrong
    weak = page(client.post(address, {"oldpassword": PIN, "password1": "123456"}))
    assert "Dãy số liên tiếp rất dễ đoán." in weak
    assert client.post(address, {"oldpassword": PIN, "password1": "270815"})["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngan", "ít nhất 10 ký tự"),
        ("1234567890123", "Mật khẩu cần có cả chữ cái"),
        ("tranvanbinh99", "Họ tên ai cũng biết."),
        ("1qaz2wsx3edc", "Mật khẩu này nhiều người dùng."),
    ],
)
def test_staff_need_a_good_password(cast: Cast, client: Client, password: str, sentence: str) -> None:
    client.force_login(cast.binh)
    given = {"oldpassword": PASSWORD, "password1": password}

    assert sentence in page(client.post("/account/password/change/", given))


def test_sign_up_is_closed_and_says_what_to_do(client: Client, db: None) -> None:
    assert "Trang này không mở đăng ký" in page(client.get("/account/signup/"))
    assert "Trang này không mở đăng ký" in page(client.post("/account/signup/", {"username": "x", "password1": "y"}))


def test_an_e_mail_resets_and_an_unknown_one_looks_the_same(cast: Cast, client: Client) -> None:
    cast.binh.email = "binh@example.vn"
    cast.binh.save()
    for address in ("binh@example.vn", "ai@example.vn"):
        answer = client.post("/account/password/reset/", {"email": address}, follow=True)
        assert "Xem hộp thư" in page(answer)

    (letter,) = mail.outbox
    assert letter.subject == "Bến Học: tạo mã PIN hoặc mật khẩu mới"
    link = re.search(r"http://testserver(/\S+)", str(letter.body))
    assert link
    form = client.get(link[1], follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": "song-nuoc-hien-hoa"}, follow=True)
    assert "Từ nay dùng mã mới." in page(done)
    assert sign_in(Client(), "0912000002", "song-nuoc-hien-hoa").status_code == 302
    assert "Đường dẫn không còn dùng được" in page(Client().get(link[1], follow=True))


def test_the_second_factor_stands_between_password_and_session(cast: Cast, client: Client) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.binh, secret)
    code = hotp_value(secret, next(yield_hotp_counters_from_time()))

    assert sign_in(client, "0912000002", PASSWORD)["Location"] == "/account/security/authenticate/"
    assert client.get("/me/").status_code == 302
    assert "Bến Học" in page(client.get("/account/security/authenticate/"))
    client.post("/account/security/authenticate/", {"code": f"{code:06d}"})
    assert client.get("/me/").status_code == 200


def test_staff_turn_the_second_factor_on(cast: Cast, client: Client) -> None:
    sign_in(client, "0912000002", PASSWORD)
    assert client.get("/account/security/totp/activate/")["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    shown = page(client.get("/account/security/totp/activate/"))
    secret = re.search(r'value="([A-Z2-7]{32})"', shown)

    assert secret
    code = hotp_value(secret[1], next(yield_hotp_counters_from_time()))
    client.post("/account/security/totp/activate/", {"code": f"{code:06d}"})
    assert {row.type for row in Authenticator.objects.filter(user=cast.binh)} == {"totp", "recovery_codes"}
    assert "Đang bật" in page(client.get("/me/"))
    for address in ("recovery-codes/", "webauthn/", "webauthn/add/", ""):
        assert client.get(f"/account/security/{address}").status_code == 200


def test_the_five_phone_methods(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    adapter = get_adapter()
    adapter.set_phone(cast.lan, "+84 912 111 222", False)
    assert adapter.get_phone(cast.lan) == ("0912111222", False)
    adapter.set_phone_verified(cast.lan, "0912111222")
    assert adapter.get_phone(cast.lan) == ("0912111222", True)
    assert adapter.get_user_by_phone("0912111222") == cast.lan
    adapter.set_phone(cast.chau, "0912111222", False)
    assert adapter.get_user_by_phone("0912111222") is None
    adapter.send_verification_code_sms(cast.lan, "0912111222", "123987")
    assert "mã của anh/chị là 123987" in caplog.text
    assert isinstance(sender(), ConsoleSender)
    assert get_mfa_adapter().get_totp_issuer() == "Bến Học"
