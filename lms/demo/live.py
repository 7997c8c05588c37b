"""Simulated entrants of the running demo: they come over HTTP, one after the other, as real ones would.

Only the sign-in is short: nobody of the made-up roster has a PIN, so each gets a session as the sign-in would make it.
"""

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.urls import reverse

from lms.demo.actions.contests import OPEN_TITLE
from lms.people.models import Member
from quizzes.live.ticket import make_ticket
from quizzes.models import Attempt, Contest, QuestionVersion

AT_ONCE, MOST = 12, 2000
PAUSES = (1.5, 6.0)  # seconds between two taps, quicker than people so that the board moves while one looks


@dataclass
class Visitor:
    """A browser's part that matters here: cookies and plain requests to one address."""

    host: str
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
        """Status and, for a redirect, where it leads."""
        line = http.client.HTTPConnection(self.host, timeout=20)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | headers
        try:
            line.request(method, path, body.encode(), sent)
            response = line.getresponse()
            response.read()
            for header in response.headers.get_all("Set-Cookie") or []:
                name, _, value = header.partition(";")[0].partition("=")
                self.cookies[name] = value
            return response.status, response.headers.get("Location", "")
        finally:
            line.close()

    def post(self, path: str) -> tuple[int, str]:
        """A form without fields."""
        kind = "application/x-www-form-urlencoded"
        token = self.cookies.get("csrftoken", "")
        return self.request("POST", path, **{"X-CSRFToken": token, "Content-Type": kind})


def simulate(address: str) -> None:
    """Let up to 2,000 members enter the open contest, twelve at a time; ends by itself or with the process."""
    contest = Contest.objects.get(title=OPEN_TITLE)
    host = urlsplit(address).netloc
    with ThreadPoolExecutor(AT_ONCE) as people:
        list(people.map(lambda member: _enter(host, contest, member), _newcomers(contest)))


def _newcomers(contest: Contest) -> Iterator[int]:
    """Members without an attempt, in an order of their own at every call."""
    entered = Attempt.objects.filter(round__contest=contest).values("member_id")
    waiting = list(
        Member.objects.filter(posts=None, joined_at=None).exclude(pk__in=entered).values_list("pk", flat=True)
    )
    Random().shuffle(waiting)  # noqa: S311  # nobody's secret
    return islice(waiting, MOST)


def _enter(host: str, contest: Contest, member_id: int) -> None:
    """One attempt from the contest's page to the hand-in; whatever goes wrong ends this visit only."""
    try:
        visitor = Visitor(host, {settings.SESSION_COOKIE_NAME: _session(member_id)})
        visitor.request("GET", reverse("quizzes:contest", args=[contest.slug]))
        _, where = visitor.post(reverse("quizzes:start", args=[contest.slug]))
        attempt = Attempt.objects.filter(member_id=member_id, round__contest=contest, submitted_at=None).first()
        if attempt is None:
            return
        visitor.request("GET", where)
        _answer_all(visitor, attempt)
        visitor.post(reverse("quizzes:submit", args=[attempt.pk]))
    except OSError:
        time.sleep(1)
    finally:
        connection.close()


def _answer_all(visitor: Visitor, attempt: Attempt) -> None:
    random = Random(attempt.pk)  # noqa: S311  # nobody's secret
    ability = random.betavariate(6, 2)
    ticket = make_ticket(attempt.pk, attempt.started_at)
    drawn = QuestionVersion.objects.filter(pk__in=[one["version"] for one in attempt.paper])
    keys = dict(drawn.values_list("pk", "key"))
    for place, one in enumerate(attempt.paper):
        time.sleep(random.uniform(*PAUSES))
        given = keys[one["version"]] if random.random() < ability else [random.choice(one["options"])]
        message = {"ticket": ticket, "answers": [{"place": place, "seq": place + 1, "options": given}]}
        visitor.request("POST", "/live/answer/", json.dumps(message), **{"Content-Type": "application/json"})


def _session(member_id: int) -> str:
    member = Member.objects.get(pk=member_id)
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.set_expiry(3600)
    session.save()
    assert session.session_key
    return session.session_key
