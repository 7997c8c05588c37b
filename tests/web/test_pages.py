import gzip
import re

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from lms.people.models import Member
from lms.web.bundle import bundle
from lms.web.paging import page_of
from lms.web.views import server_error
from tests.cast import Cast
from tests.factories import make_member


def test_style_sheet_is_kept_for_a_year(client: Client) -> None:
    response = client.get(f"/css/{bundle().digest}.css")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "../fonts" not in response.content.decode()


def test_style_sheet_travels_packed(client: Client) -> None:
    plain = client.get(f"/css/{bundle().digest}.css")
    packed = client.get(f"/css/{bundle().digest}.css", headers={"Accept-Encoding": "br, gzip"})
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.content) == plain.content


def test_site_carries_the_name_of_its_federation(client: Client, db: None, settings: Settings) -> None:
    settings.WAGTAIL_SITE_NAME, settings.FEDERATION_NAME = "Học Nghề", "LĐLĐ tỉnh Vĩnh Long"
    settings.SITE_LOGO = "/media/logo.png"
    page = client.get("/no-such-page/").content.decode()
    assert re.findall(r"<p>(.*?)</p>", page)[-1] == "Học Nghề · LĐLĐ tỉnh Vĩnh Long"
    assert (
        page.count(
            '<img src="/media/logo.png" alt="" width="36" height="36"><span>Học Nghề</span>'.replace(
                "><span", ">\n  <span"
            )
        )
        == 1
    )


def test_style_sheet_of_yesterday_is_not_kept(client: Client) -> None:
    response = client.get("/css/0123456789ab.css")
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=60")


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_theme_is_remembered(client: Client, db: None, chosen: str) -> None:
    response = client.post("/theme/", {"theme": chosen, "next": "/contests/?page=2"})
    assert (response.status_code, response["Location"]) == (302, "/contests/?page=2")
    assert response.cookies["theme"].value == chosen
    page = client.get("/no-such-page/")
    assert re.search(r'<html lang="vi" data-theme="(\w+)">', page.content.decode())[1] == chosen  # type: ignore[index]


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_theme_never_sends_elsewhere(client: Client, target: str) -> None:
    response = client.post("/theme/", {"theme": "pink", "next": target})
    assert response["Location"] == "/"
    assert "theme" not in response.cookies


def test_language_is_vietnamese_whatever_the_telephone_says(client: Client, db: None) -> None:
    page = client.get("/no-such-page/", headers={"accept-language": "en-US,en"})
    assert page["Content-Language"] == "vi"
    assert "Không tìm thấy trang này" in page.content.decode()


def test_language_can_be_chosen(client: Client, db: None) -> None:
    client.post("/language/", {"language": "en", "next": "/"})
    assert client.get("/no-such-page/")["Content-Language"] == "en"
    client.cookies["django_language"] = "xx"
    assert client.get("/no-such-page/")["Content-Language"] == "vi"


def test_every_answer_carries_strict_headers(client: Client) -> None:
    first, second = client.get("/offline/"), client.get("/offline/")
    policy = first["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert "connect-src 'self' ws://testserver;" in policy
    assert policy != second["Content-Security-Policy"]  # a new nonce each time
    assert first["X-Content-Type-Options"] == "nosniff"


def test_editor_may_run_what_wagtail_needs(client: Client, db: None) -> None:
    assert "'unsafe-inline'" in client.get("/cms/no-such-page/")["Content-Security-Policy"]


def test_request_keeps_a_good_number_and_replaces_a_bad_one(client: Client) -> None:
    assert client.get("/offline/", headers={"X-Request-ID": "abcd-1234"})["X-Request-ID"] == "abcd-1234"
    assert re.fullmatch(r"[0-9a-f]{12}", client.get("/offline/", headers={"X-Request-ID": "a b\n<"})["X-Request-ID"])


def test_offline_page_holds_nothing_of_a_person(client: Client, cast: Cast) -> None:
    anonymous = client.get("/offline/").content
    client.force_login(cast.lan)
    assert client.get("/offline/").content == anonymous
    assert b"csrfmiddlewaretoken" not in anonymous


def test_worker_serves_the_whole_site_but_keeps_no_pages(client: Client) -> None:
    response = client.get("/worker.js")
    assert (response["Content-Type"], response["Cache-Control"]) == ("text/javascript", "no-cache")
    assert re.findall(r'"(/[^"]*/)"', response.content.decode()) == ["/offline/"]


def test_style_guide_is_for_staff(client: Client, cast: Cast) -> None:
    assert client.get("/styleguide/").status_code == 404
    client.force_login(cast.lan)
    assert client.get("/styleguide/").status_code == 404
    client.force_login(cast.admin)
    assert client.get("/styleguide/").status_code == 200


def test_stale_form_is_explained(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Trang này mở đã quá lâu" in response.content.decode()


def test_failure_shows_the_number_of_the_request() -> None:
    request = RequestFactory().get("/")
    request.id = "abc123"  # type: ignore[attr-defined]  # as the middleware sets it
    response = server_error(request)
    assert response.status_code == 500
    assert '<b class="nowrap">abc123</b>' in response.content.decode()


@pytest.mark.parametrize(("asked", "expected"), [("1", [1, 2]), ("2", [3]), ("99", [3]), ("x", [1, 2]), ("", [1, 2])])
def test_paging_forgives(db: None, asked: str, expected: list[int]) -> None:
    people = [make_member(f"Người {number}") for number in (1, 2, 3)]
    page = page_of(Member.objects.order_by("pk"), RequestFactory().get("/", {"page": asked}), 2)
    assert [people.index(member) + 1 for member in page] == expected
