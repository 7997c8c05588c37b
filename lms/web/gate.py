"""A visible place in the queue: before the page threads, for what a whole province does in the same minute.

Whoever wants in while too many are inside gets a small page, made without a thread, that says which place she has and
goes on by itself. Her ticket is a signed cookie with the moment at which she came (`lms.web.line`); nothing of what
she typed is kept anywhere. docs/decisions/0031 tells why it is so.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.core import signing

from lms.web.bridge import Headers, Receive, Scope, Send
from lms.web.line import Full, Line

Application = Callable[[Scope, Receive, Send], Any]
ASK = "/queue/"  # where the script of a page asks for its place
COOKIE = "place"
KEPT = 600  # seconds that a ticket holds without being shown: a telephone may sleep
REPEATS = b"start"  # the query of `ASK` for forms that a pass doesn't let through
PASS = "in"  # noqa: S105  # no secret: she is in, and may send the form that she was given
_FORM_BYTES = 64 * 1024
_TOKEN = re.compile(rb"(?:^|&)csrfmiddlewaretoken=([A-Za-z0-9]{32,64})(?:&|$)")
_signer = signing.Signer(salt="lms.web.gate")


@dataclass(frozen=True)
class Entrance:
    """`path` is a pattern. A `repeat`able POST carries its token alone: the waiting page sends it again by itself."""

    path: str
    method: str
    repeat: bool = False
    has_form: bool = False  # what this page's form sends goes through for some minutes


@dataclass(frozen=True)
class Ticket:
    person: int  # the moment at which she came, in microseconds
    inside: bool


@dataclass(frozen=True)
class Words:
    """The waiting page with the marks @sentence@, @again@ and @way@, and the sentence for a place and seconds."""

    page: str
    sentence: Callable[[int, int], str]
    button: str


class Gate:
    def __init__(
        self, pages: Application, line: Line, entrances: Iterable[Entrance], words: Words, *, secure: bool
    ) -> None:
        self.pages, self.line, self.words, self.secure = pages, line, words, secure
        self.entrances = [(re.compile(one.path), one) for one in entrances]
        self._newest = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == ASK:
            await self._tell_place(scope, send)
        elif entrance := self._entrance(scope):
            await self._let_in(entrance, scope, receive, send)
        else:
            await self.pages(scope, receive, send)

    def _entrance(self, scope: Scope) -> Entrance | None:
        for pattern, one in self.entrances:
            if one.method == scope["method"] and pattern.fullmatch(scope["path"]):
                return one
        return None

    async def _let_in(self, entrance: Entrance, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)  # first: who sends hers slowly stands in nobody's way
        if body is None:
            return
        now, ticket = time.time(), self._ticket(scope)
        if self._goes_straight(entrance, ticket, now):
            await self._enter(None, (), scope, _again(body, receive), send)
            return
        person = self._person(ticket, now)
        place = self._ask(person, now)
        if place:
            token = _TOKEN.search(body) if entrance.repeat else None
            await self._show_place(person, place, token[1].decode() if token else None, scope, send)
        else:
            cookie = self._cookie(person, now, inside=True) if entrance.has_form else self._no_cookie()
            await self._enter(person, [cookie], scope, _again(body, receive), send)

    def _goes_straight(self, entrance: Entrance, ticket: Ticket | None, now: float) -> bool:
        """Nobody waits, or she has waited for this form; some room is left for forms that were given out before."""
        if ticket is None and self.line.is_open(now):
            return True
        if entrance.repeat:
            return False
        typed = entrance.method == "POST" and self.line.inside < self.line.at_once * 3 // 2
        return typed or (ticket is not None and ticket.inside)

    def _person(self, ticket: Ticket | None, now: float) -> int:
        if ticket and not ticket.inside:
            return ticket.person
        self._newest = max(self._newest + 1, int(now * 1_000_000))
        return self._newest

    def _ask(self, person: int, now: float) -> int:
        try:
            return self.line.ask(person, now)
        except Full:
            return self.line.most

    async def _enter(
        self, person: int | None, cookies: Iterable[bytes], scope: Scope, receive: Receive, send: Send
    ) -> None:
        async def send_with_cookies(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                more = [(b"set-cookie", cookie) for cookie in cookies]
                message = message | {"headers": [*message["headers"], *more]}
            await send(message)

        self.line.enter(person, time.time())
        try:
            await self.pages(scope, receive, send_with_cookies)
        finally:
            self.line.leave()

    async def _show_place(self, person: int, place: int, token: str | None, scope: Scope, send: Send) -> None:
        again = self._seconds(place)
        page = self.words.page.replace("@sentence@", self.words.sentence(place, self.line.seconds(place)))
        page = page.replace("@again@", str(again)).replace("@way@", _way(scope, token, self.words.button))
        if token:  # loading a POST again is for the button
            page = _REFRESH.sub("", page)
        cookie = self._cookie(person, time.time(), inside=False)
        await _answer(send, HTTPStatus.SERVICE_UNAVAILABLE, b"text/html; charset=utf-8", page.encode(), again, [cookie])

    async def _tell_place(self, scope: Scope, send: Send) -> None:
        """For the script of a form: go, or a sentence and when to ask again."""
        now, ticket = time.time(), self._ticket(scope)
        passes = ticket is not None and ticket.inside and scope["query_string"] != REPEATS
        cookies: list[bytes] = []
        reply: dict[str, Any] = {"go": True}
        again = 0
        if not passes and not (ticket is None and self.line.is_open(now)):
            person = self._person(ticket, now)
            cookies = [self._cookie(person, now, inside=False)]
            if place := self._ask(person, now):
                again = self._seconds(place)
                reply = {"go": False, "text": self.words.sentence(place, self.line.seconds(place)), "again": again}
        body = json.dumps(reply, ensure_ascii=False).encode()
        await _answer(send, HTTPStatus.OK, b"application/json", body, again, cookies)

    def _seconds(self, place: int) -> int:
        """Spread a little, so that a rush doesn't come back as one."""
        seconds = self.line.ask_again_after(place)
        return seconds + random.randint(0, max(1, seconds // 3))  # noqa: S311  # jitter, no secret

    def _ticket(self, scope: Scope) -> Ticket | None:
        raw = next((value for name, value in scope["headers"] if name == b"cookie" and b"place=" in value), b"")
        try:
            morsel = SimpleCookie(raw.decode("latin-1")).get(COOKIE) if raw else None
            person, seen, where = _signer.unsign(morsel.value).split(".") if morsel else ("", "", "")
        except (CookieError, signing.BadSignature, ValueError):
            return None
        if not morsel or time.time() - int(seen) > KEPT:
            return None
        return Ticket(int(person), inside=where == PASS)

    def _cookie(self, person: int, now: float, *, inside: bool) -> bytes:
        value = _signer.sign(f"{person}.{int(now)}.{PASS if inside else 'out'}")
        return f"{COOKIE}={value}; Path=/; Max-Age={KEPT}; HttpOnly; SameSite=Lax{self._flag()}".encode()

    def _no_cookie(self) -> bytes:
        return f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{self._flag()}".encode()

    def _flag(self) -> str:
        return "; Secure" if self.secure else ""


_REFRESH = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_POLICY = b"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def _way(scope: Scope, token: str | None, button: str) -> str:
    """How the page goes on: the same form again, or the same address."""
    query = scope["query_string"].decode("latin-1")
    address = escape(f"{scope['path']}?{query}" if query else scope["path"])
    if token is None:
        return f'<a class="button" href="{address}" data-way>{button}</a>'
    return (
        f'<form method="post" action="{address}" data-way><input type="hidden" name="csrfmiddlewaretoken"'
        f' value="{token}"><button class="button">{button}</button></form>'
    )


async def _body(receive: Receive) -> bytes | None:
    """The whole of a small form, cut off where it is longer than any of ours; None if the client left."""
    body, more = b"", True
    while more and len(body) <= _FORM_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body[:_FORM_BYTES]


def _again(body: bytes, receive: Receive) -> Receive:
    """What was read, once more, and then whatever comes."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> dict[str, Any]:
        return left.pop() if left else await receive()

    return read


async def _answer(
    send: Send, status: HTTPStatus, kind: bytes, body: bytes, again: int, cookies: Iterable[bytes]
) -> None:
    headers: Headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", _POLICY),
        (b"x-content-type-options", b"nosniff"),
        *([(b"retry-after", str(again).encode())] if again else []),
        *((b"set-cookie", cookie) for cookie in cookies),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
