"""The socket of an attempt page, through the same application that the server runs."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.utils import timezone

from quizzes.actions.attempts import start_attempt
from quizzes.live import attempt as door
from quizzes.live import intake
from quizzes.live.routing import websocket_application
from quizzes.live.ticket import make_ticket
from quizzes.models import Attempt, Round
from tests.cast import Cast
from tests.quizzes.attempts import open_contest, saved_in
from tests.quizzes.makers import round_document

HOUR = timedelta(hours=1)
ORIGIN = (b"origin", b"http://testserver")
PATIENT = 30


@pytest.fixture
def round(real_cast: Cast) -> Round:
    now = timezone.now()
    return open_contest(real_cast.province, rounds=[round_document(now - HOUR, now + HOUR)]).rounds.get()


@pytest.fixture
def attempt(real_cast: Cast, round: Round) -> Attempt:
    return start_attempt(real_cast.lan, round, now=timezone.now() - timedelta(minutes=1), seed=7).attempt


@pytest.fixture
def other(real_cast: Cast, round: Round) -> Attempt:
    """Châu's."""
    return start_attempt(real_cast.chau, round, now=timezone.now() - timedelta(minutes=1), seed=8).attempt


class Talk:
    def __init__(self, origin: bytes = ORIGIN[1]) -> None:
        headers = [(ORIGIN[0], origin)]
        self.line = WebsocketCommunicator(websocket_application, "/live/attempt/", headers=headers)

    async def say(self, message: Any) -> None:
        await self.line.send_to(text_data=message if isinstance(message, str) else json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        return json.loads(await self.line.receive_from(timeout=PATIENT))

    async def answer(self, number: int, *answers: tuple[int, int, str], **more: Any) -> None:
        given = [{"place": place, "seq": seq, "options": [option]} for place, seq, option in answers]
        await self.say({"t": "answers", "n": number, "answers": given} | more)

    async def closed_with(self) -> int:
        while (message := await self.line.receive_output(timeout=PATIENT))["type"] != "websocket.close":
            pass
        return int(message["code"])


Connect = Callable[..., Any]


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    opened: list[Talk] = []

    async def open_one(attempt: Attempt) -> Talk:
        talk = Talk()
        assert (await talk.line.connect(timeout=PATIENT))[0]
        await talk.say(make_ticket(attempt.pk, attempt.started_at))
        opened.append(talk)
        return talk

    yield open_one
    for talk in opened:
        await talk.line.disconnect()


async def saved(attempt: Attempt) -> dict[int, list[str]]:
    return await asyncio.to_thread(saved_in, attempt)


async def test_answers_are_acknowledged_by_the_number_of_their_message(attempt: Attempt, connect: Connect) -> None:
    talk = await connect(attempt)
    await talk.answer(7, (0, 5, "b"), (3, 6, "a"))
    reply = await talk.hear()
    assert abs(reply.pop("now") / 1000 - timezone.now().timestamp()) < PATIENT
    assert reply == {"t": "saved", "n": 7, "kept": [[0, 5], [3, 6]], "late": [], "newer": [], "submitted": False}
    await talk.say({"t": "ping"})
    assert set(await talk.hear()) == {"t", "now"}
    assert await saved(attempt) == {0: ["b"], 3: ["a"]}


async def test_who_shows_no_ticket_is_sent_away(attempt: Attempt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.05)
    ticket = make_ticket(attempt.pk, attempt.started_at)
    for words in (None, "no ticket", ticket + "x", f"9{ticket}", '{"t":"answers","n":1,"answers":[]}'):
        talk = Talk()
        await talk.line.connect(timeout=PATIENT)
        if words is not None:
            await talk.say(words)
        assert await talk.closed_with() == door.NOT_OURS


async def test_a_page_of_another_origin_is_refused() -> None:
    assert not (await Talk(b"https://evil.example").line.connect(timeout=PATIENT))[0]


async def test_a_ticket_reaches_its_own_attempt_only(attempt: Attempt, other: Attempt, connect: Connect) -> None:
    talk = await connect(attempt)
    theirs = make_ticket(other.pk, other.started_at)
    await talk.answer(1, (0, 5, "b"), attempt=other.pk, attempt_id=other.pk, ticket=theirs)
    assert (await talk.hear())["kept"] == [[0, 5]]
    await talk.say(theirs)  # a second ticket is no message
    assert (await talk.hear())["t"] == "refused"
    assert (await saved(attempt), await saved(other)) == ({0: ["b"]}, {})


async def test_repeated_and_shuffled_messages_of_two_devices_end_in_the_newest(
    attempt: Attempt, connect: Connect
) -> None:
    devices = [await connect(attempt), await connect(attempt)]
    taps = [(seq % 4, seq, "abcd"[seq % 3]) for seq in range(1, 13)]
    sent = taps * 2
    random.Random(5).shuffle(sent)
    for number, tap in enumerate(sent):
        await devices[number % 2].answer(number, tap)
    replies = [await device.hear() for device in devices for _ in range(len(taps))]
    assert {reply["t"] for reply in replies} == {"saved"}
    assert all(len(reply["kept"]) + len(reply["newer"]) == 1 for reply in replies)
    assert await saved(attempt) == {place: [option] for place, _, option in taps}


async def test_a_tampered_answer_is_refused_and_the_next_one_taken(attempt: Attempt, connect: Connect) -> None:
    talk = await connect(attempt)
    await talk.answer(1, (0, 1, "a"), (9, 1, "a"))
    reply = await talk.hear()
    assert (reply["t"], reply["n"]) == ("refused", 1)
    assert reply["error"].startswith("Trang này không còn khớp")
    await talk.answer(2, (1, 1, "a"))
    assert (await talk.hear())["kept"] == [[1, 1]]
    assert await saved(attempt) == {1: ["a"]}


async def test_who_sends_nonsense_again_and_again_is_closed(attempt: Attempt, connect: Connect) -> None:
    talk = await connect(attempt)
    for _ in range(door.MOST_MALFORMED):
        await talk.say("nonsense")
    for _ in range(door.MOST_MALFORMED):
        reply = await talk.hear()
        assert (reply["t"], reply["n"]) == ("refused", None)
    assert await talk.closed_with() == door.MALFORMED


async def test_a_flood_is_told_later_then_closed_and_harms_nobody(
    attempt: Attempt, other: Attempt, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_rate", intake.Rate(lambda: 1.0))  # all of this happens within one second
    flooding, calm = await connect(attempt), await connect(other)
    for number in range(1, 1001):
        await flooding.answer(number, (0, number, "a"))
    await calm.answer(1, (0, 1, "c"))
    assert (await calm.hear())["kept"] == [[0, 1]]
    replies = [await flooding.hear() for _ in range(intake.FLOOD + 1)]
    assert [reply["t"] for reply in replies].index("later") == intake.MOST_A_SECOND
    assert [reply["n"] for reply in replies] == list(range(1, intake.FLOOD + 2))
    assert {reply["retry"] for reply in replies if reply["t"] == "later"} == {intake.RETRY_RATE}
    assert await flooding.closed_with() == door.FLOOD
    assert (await saved(attempt), await saved(other)) == ({0: ["a"]}, {0: ["c"]})


async def test_a_full_intake_says_when_to_come_again(
    attempt: Attempt, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await connect(attempt)
    monkeypatch.setattr(intake, "MOST_WAITING", 1)
    await talk.answer(1, (0, 1, "a"), (1, 1, "a"))
    assert await talk.hear() == {"t": "later", "n": 1, "retry": intake.RETRY}
    await talk.answer(2, (0, 1, "a"))
    assert (await talk.hear())["kept"] == [[0, 1]]


async def test_beyond_a_few_sockets_the_oldest_of_an_attempt_goes(
    attempt: Attempt, other: Attempt, connect: Connect
) -> None:
    bystander = await connect(other)
    sockets = [await connect(attempt) for _ in range(door.MOST_SOCKETS + 1)]
    for number, talk in enumerate([*sockets[1:], bystander]):
        await talk.answer(number, (0, number + 1, "a"))
        assert (await talk.hear())["t"] == "saved"
    await sockets[0].line.wait(timeout=PATIENT)  # its task has ended
    assert len(door._open[attempt.pk]) == door.MOST_SOCKETS


async def test_an_attempt_that_is_gone_is_refused(attempt: Attempt, connect: Connect) -> None:
    gone = Attempt(pk=attempt.pk + 1000, started_at=attempt.started_at)
    talk = await connect(gone)
    await talk.answer(1, (0, 1, "a"))
    reply = await talk.hear()
    assert (reply["t"], reply["error"]) == ("refused", "Lượt thi này không còn nữa.")


async def test_a_socket_that_never_reads_doesnt_hold_up_the_others(
    attempt: Attempt, other: Attempt, connect: Connect
) -> None:
    never = asyncio.Event()
    first = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": make_ticket(attempt.pk, attempt.started_at)},
        *({"type": "websocket.receive", "text": '{"t":"ping"}'} for _ in range(20)),
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return first.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if len(sent) > 2:
            await never.wait()  # as the server does when its buffer is full

    stuck = asyncio.ensure_future(door.attempt_application({}, receive, send))
    talk = await connect(other)
    await talk.answer(1, (0, 1, "a"))
    assert (await talk.hear())["t"] == "saved"
    assert (len(sent), len(first)) == (3, 18)  # nothing more is read from who doesn't read
    for _ in range(door.MOST_SOCKETS):
        await connect(attempt)  # even a full house doesn't wait for it
    await asyncio.wait_for(stuck, PATIENT)
