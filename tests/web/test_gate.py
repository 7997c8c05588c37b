"""A rush on a real server with one page thread: everybody comes in, in order, and once."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from lms.people.models import Member
from quizzes.models import Attempt, Contest
from tests.cast import PIN, Cast
from tests.database import database_url
from tests.factories import make_member
from tests.quizzes.attempts import open_contest
from tests.quizzes.makers import round_document
from tests.server import Server, running_server

PEOPLE = 30
PATIENCE = 120


def _server(var: Path, *, at_once: str) -> AbstractContextManager[Server]:
    narrow = {"PAGE_THREADS": "1", "PAGE_QUEUE": "8", "PAGE_ENTRANCES": at_once, "EMBEDDED_THREADS": "0"}
    return running_server(database_url(), var, DJANGO_SETTINGS_MODULE="tests.e2e.settings", **narrow)


@pytest.fixture
def narrow_server(real_cast: Cast, tmp_path: Path) -> Iterator[Server]:
    with _server(tmp_path, at_once="2") as server:
        yield server


@pytest.fixture(scope="module")
def shut_server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Nobody's turn ever comes, and no database is asked."""
    with _server(tmp_path_factory.mktemp("shut"), at_once="0") as server:
        yield server


@dataclass
class Browser:
    """One person without script: keeps cookies, and tries again when the page says so."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urlencode(form or {}), headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
            if "Max-Age=0" in cookie:
                del self.cookies[name]
        return response, text

    def until_in(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[HTTPResponse, str]:
        """What the page does: shows her place, waits as it says (here less, machines are patient), tries again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            response, text = self.ask(method, path, form)
            if response.status != 503:
                return response, text
            assert response.headers["Retry-After"]
            self.places.append(place_in(text))
            time.sleep(0.2)
        raise AssertionError(f"not in after {PATIENCE} s: {self.places}")


def place_in(text: str) -> int:
    found = re.search(r"(?:number|vị trí thứ) (\d+)", text)
    assert found, text
    return int(found[1])


def signed_in(member: Member, port: int) -> Browser:
    client = Client()
    client.force_login(member)
    return Browser(port, {"sessionid": client.cookies["sessionid"].value, "csrftoken": "a" * 32})


def contest_now(cast: Cast) -> Contest:
    now = timezone.now()
    return open_contest(cast.province, rounds=[round_document(now - timedelta(hours=1), now + timedelta(days=1))])


def all_at_once(deeds: list[Any]) -> None:
    threads = [threading.Thread(target=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def _slow_senders(server: Server) -> Iterator[None]:
    connections = [HTTPConnection("127.0.0.1", server.port, timeout=60) for _ in range(5)]
    for connection in connections:
        connection.putrequest("POST", "/account/login/")
        connection.putheader("Content-Length", "10")
        connection.endheaders(b"12345")
    yield
    for connection in connections:
        connection.close()


def test_thirty_parallel_starts_through_one_thread_all_get_in(real_cast: Cast, narrow_server: Server) -> None:
    contest = contest_now(real_cast)
    people = [make_member(f"Người {number}", unit=real_cast.may) for number in range(PEOPLE)]
    browsers = [signed_in(member, narrow_server.port) for member in people]
    answers: list[tuple[HTTPResponse, str]] = []
    form = {"csrfmiddlewaretoken": "a" * 32}

    def start(browser: Browser) -> None:
        answers.append(browser.until_in("POST", f"/contests/{contest.slug}/start/", form))

    with _slow_senders(narrow_server):  # who sends a form slowly stands in nobody's way
        all_at_once([lambda browser=browser: start(browser) for browser in browsers])

    assert [response.status for response, _ in answers] == [302] * PEOPLE
    assert sorted(Attempt.objects.values_list("member_id", flat=True)) == sorted(member.pk for member in people)
    waited = [browser.places for browser in browsers if browser.places]
    assert waited, "one thread for thirty people, and nobody waited"
    assert all(places == sorted(places, reverse=True) for places in waited)  # a place only falls
    assert all("place" not in browser.cookies for browser in browsers)  # a ticket is good for once


def test_the_waiting_page_sends_the_same_form_again_and_holds_no_secret(shut_server: Server) -> None:
    path = "/contests/luat-cong-doan/start/"
    response, text = Browser(shut_server.port).ask("POST", path, {"csrfmiddlewaretoken": "a" * 32})

    assert response.status == 503
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert f'<form method="post" action="{path}"' in text
    assert 'name="csrfmiddlewaretoken" value="' + "a" * 32 in text
    assert "http-equiv" not in text  # loading again would send the form without being asked

    typed = {"login": "0912000001", "password": PIN, "csrfmiddlewaretoken": "a" * 32}
    response, text = Browser(shut_server.port).ask("POST", "/account/login/", typed)
    assert response.status == 503
    assert PIN not in text
    assert "0912000001" not in text
    assert '<a class="button" href="/account/login/"' in text


def test_a_page_without_script_comes_back_by_itself_and_an_address_cannot_break_out(shut_server: Server) -> None:
    response, text = Browser(shut_server.port).ask("GET", "/account/login/?next=/%22%3E%3Cscript%3E")
    refresh = re.search(r'<noscript><meta http-equiv="refresh" content="(\d+)"></noscript>', text)
    assert refresh
    assert refresh[1] == response.headers["Retry-After"]
    assert '"><script>' not in text
    assert "@" not in re.sub(r"<(script|link)[^>]*>", "", text)  # every mark is filled in


def test_a_place_is_kept_and_a_forged_ticket_is_none(shut_server: Server) -> None:
    first, second = Browser(shut_server.port), Browser(shut_server.port, {"place": "1.1.out:forged"})
    places = [place_in(browser.ask("GET", "/account/login/")[1]) for browser in (first, second, first, second)]
    assert places == [places[0], places[0] + 1] * 2
    told = [browser.ask("GET", "/queue/")[1] for browser in (second, first)]
    assert [place_in(text) for text in told] == [places[1], places[0]]


def test_pages_that_are_no_entrance_know_no_queue(shut_server: Server) -> None:
    assert Browser(shut_server.port).ask("GET", "/offline/")[0].status == 200
