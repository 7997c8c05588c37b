"""The visit of one entrant on opening night: sign in, open the contest, start, answer. Waits where she is told to."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass, field

from lms.keep.crowd.line import Line, Reply

_TICKET = re.compile(r'data-ticket="([^"]+)"')
_PLACES = re.compile(r"/attempts/(\d+)/")
_LATER = (429, 502, 503)  # the limit of an address; the proxy, while a process starts again; the queue
_PAUSE = 2.0  # seconds before asking again when nobody says how long


class Stuck(Exception):
    """The visit can't go on; says where and with which status."""


@dataclass
class Crowd:
    """What all visits saw together, in seconds."""

    signed_in: list[float] = field(default_factory=list)
    started: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    begun_at: list[float] = field(default_factory=list)  # moments of the starts
    waited: int = 0  # times that somebody was told to wait
    failures: list[str] = field(default_factory=list)


@dataclass
class Visit:
    line: Line
    crowd: Crowd
    ends: float  # moment of the monotonic clock at which everybody gives up
    slug: str
    attempt: int = 0
    ticket: str = ""
    questions: int = 0

    async def play(self, username: str, pin: str, answers: int) -> None:
        try:
            await self._timed(self.crowd.signed_in, self.sign_in(username, pin))
            await self.line.get(f"/contests/{self.slug}/")
            await self._timed(self.crowd.started, self.start())
            self.crowd.begun_at.append(time.monotonic())
            for place in range(min(answers, self.questions)):
                await self._timed(self.crowd.answered, self.answer(place))
        except (Stuck, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.crowd.failures.append(str(error) or type(error).__name__)
        finally:
            self.line.close()

    async def sign_in(self, username: str, pin: str) -> None:
        await self._through("login", "GET", "/account/login/", {})
        reply = await self._through("login", "POST", "/account/login/", {"login": username, "password": pin})
        if reply.status != 302:
            raise Stuck(f"login {reply.status}")

    async def start(self) -> None:
        """Up to the page with the first question."""
        reply = await self._through("start", "POST", f"/contests/{self.slug}/start/", {})
        found = _PLACES.search(reply.headers.get("location", ""))
        if reply.status not in (302, 303) or not found:
            raise Stuck(f"start {reply.status}")
        self.attempt = int(found[1])
        page = await self._through("page", "GET", f"/attempts/{self.attempt}/", {})
        ticket = _TICKET.search(page.text)
        if not ticket:
            raise Stuck(f"page {page.status}")
        self.ticket = ticket[1]
        standing = await self.line.ask("GET", "/live/answer/", b"", {"Authorization": f"Attempt {self.ticket}"})
        if standing.status != 200:
            raise Stuck(f"standing {standing.status}")
        self.questions = int(json.loads(standing.body)["questions"])

    async def answer(self, place: int, option: str = "a") -> None:
        """Acknowledged means saved: the door says so after the commit only."""
        message = {"ticket": self.ticket, "answers": [{"place": place, "seq": place + 1, "options": [option]}]}
        while True:
            body = json.dumps(message).encode()
            reply = await self.line.ask("POST", "/live/answer/", body, {"Content-Type": "application/json"})
            if reply.status == 200 and json.loads(reply.body)["kept"]:
                return
            if reply.status not in _LATER:
                raise Stuck(f"answer {reply.status}")
            await self._wait(reply, "answer")

    async def _through(self, what: str, method: str, path: str, fields: dict[str, str]) -> Reply:
        """Ask until it is this person's turn: a queue says 503 and how long to wait."""
        while True:
            reply = await (self.line.get(path) if method == "GET" else self.line.post(path, fields))
            if reply.status not in _LATER:
                return reply
            await self._wait(reply, what)

    async def _wait(self, reply: Reply, what: str) -> None:
        said = reply.headers.get("retry-after", "")
        pause = min(float(said), 10.0) if said.isdigit() else _PAUSE
        if time.monotonic() + pause > self.ends:
            raise Stuck(f"{what}: the time is over")
        self.crowd.waited += 1
        await asyncio.sleep(pause)

    async def _timed(self, into: list[float], work: object) -> None:
        begun = time.monotonic()
        await work  # type: ignore[misc]  # one of the coroutines above
        into.append(time.monotonic() - begun)


async def come(people: list[tuple[str, str]], *, port: int, host: str, slug: str, within: float, most: float) -> Crowd:
    """Let `people` (user name, PIN) come evenly within so many seconds; after `most` seconds everybody gives up."""
    crowd, begun = Crowd(), time.monotonic()
    at_once = asyncio.Semaphore(400)  # bounded, whatever happens on the other side

    async def one(number: int, username: str, pin: str) -> None:
        await asyncio.sleep(max(0.0, begun + within * number / len(people) - time.monotonic()))
        async with at_once:
            if time.monotonic() > begun + most:
                crowd.failures.append("the time is over")
                return
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            line = Line(port, host, address)
            await Visit(line, crowd, begun + most, slug).play(username, pin, answers=5)

    await asyncio.gather(*(one(number, *person) for number, person in enumerate(people)))
    return crowd
