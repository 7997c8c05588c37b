"""The answer door, called as the server calls it: a signed ticket goes in, nothing of right and wrong comes out."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.actions.attempts import Given, start_attempt, submit_attempt
from quizzes.live import intake
from quizzes.live.answers import PATH, answer_application
from quizzes.live.ticket import Ticket, make_ticket
from quizzes.models import Attempt
from tests.cast import Cast
from tests.quizzes.attempts import open_contest, right_option, saved_in
from tests.quizzes.makers import round_document

HOUR = timedelta(hours=1)


@pytest.fixture
def attempt(real_cast: Cast) -> Attempt:
    now = timezone.now()
    contest = open_contest(real_cast.province, rounds=[round_document(now - HOUR, now + HOUR)])
    return start_attempt(real_cast.lan, contest.rounds.get(), now=now - timedelta(minutes=1), seed=7).attempt


def call(method: str, body: bytes = b"", *, path: str = PATH, **headers: str) -> tuple[int, dict[str, str], str]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw}
    asyncio.run(answer_application(scope, receive, send))
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, sent[1]["body"].decode()


def send_json(ticket: str, *answers: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    body = json.dumps({"ticket": ticket, "answers": answers}).encode()
    status, _, text = call("POST", body, content_type="application/json")
    return status, json.loads(text)


def send_form(**fields: Any) -> tuple[int, dict[str, str], str]:
    body = urlencode(fields, doseq=True).encode()
    return call("POST", body, content_type="application/x-www-form-urlencoded")


def ticket_of(attempt: Attempt) -> str:
    return make_ticket(attempt.pk, attempt.started_at)


def test_several_answers_in_one_message(attempt: Attempt) -> None:
    first, second = {"place": 0, "seq": 5, "options": ["b"]}, {"place": 3, "seq": 6, "options": ["a"]}
    status, reply = send_json(ticket_of(attempt), first, second)
    assert status == 200
    assert set(reply) == {"now", "kept", "late", "newer", "submitted"}
    assert (reply["kept"], reply["late"], reply["newer"], reply["submitted"]) == ([[0, 5], [3, 6]], [], [], False)
    assert saved_in(attempt) == {0: ["b"], 3: ["a"]}
    assert abs(reply["now"] / 1000 - timezone.now().timestamp()) < 5


def test_right_and_wrong_answers_get_the_same_reply(attempt: Attempt) -> None:
    replies = []
    for seq, option in enumerate("abcd", start=1):
        status, reply = send_json(ticket_of(attempt), {"place": 0, "seq": seq, "options": [option]})
        replies.append((status, reply | {"now": 0, "kept": [[place, 0] for place, _ in reply["kept"]]}))
    assert right_option(attempt, 0) in "abcd"
    assert all(reply == replies[0] for reply in replies)


def test_no_answers_is_a_question_about_the_time(attempt: Attempt) -> None:
    status, reply = send_json(ticket_of(attempt))
    assert (status, reply["kept"]) == (200, [])


def test_the_standing_tells_all_that_is_saved(attempt: Attempt) -> None:
    send_json(ticket_of(attempt), {"place": 2, "seq": 9, "options": ["d"]})
    status, _, text = call("GET", authorization=f"Attempt {ticket_of(attempt)}")
    reply = json.loads(text)
    assert (status, reply["answers"], reply["answered"], reply["questions"]) == (200, [[2, 9, ["d"]]], 1, 4)
    assert reply["deadline"] == int(attempt.deadline_at.timestamp() * 1000)
    assert set(reply) == {"now", "deadline", "submitted", "questions", "answered", "late", "answers"}


def test_answers_after_handing_in_are_late(attempt: Attempt) -> None:
    submit_attempt(attempt, now=timezone.now())
    _, reply = send_json(ticket_of(attempt), {"place": 0, "seq": 5, "options": ["b"]})
    assert (reply["kept"], reply["late"], reply["submitted"]) == ([], [[0, 5]], True)
    assert saved_in(attempt) == {}


@pytest.mark.parametrize("tamper", [lambda t: t + "x", lambda t: "9" + t, lambda t: t[:0], lambda t: t.split(":")[0]])
def test_a_tampered_ticket_is_refused(attempt: Attempt, tamper: Any) -> None:
    ticket = tamper(ticket_of(attempt))
    status, reply = send_json(ticket, {"place": 0, "seq": 5, "options": ["b"]})
    assert (status, reply["error"]) == (
        403,
        "Trang này không mang phiếu thi hợp lệ. Anh/chị vui lòng mở lại bài thi.",
    )
    assert call("GET", authorization=f"Attempt {ticket}")[0] == 403
    assert send_form(ticket=ticket, place=0, options="b")[0] == 403
    assert saved_in(attempt) == {}


@pytest.mark.parametrize(
    "tampered",
    [
        {"place": 9, "seq": 5, "options": ["b"]},
        {"place": 0, "seq": 5, "options": ["z"]},
        {"place": 0, "seq": 5, "options": ["a", "b"]},
        {"place": "0", "seq": 5, "options": ["a"]},
        {"place": 0, "seq": True, "options": ["a"]},
        {"place": 0, "seq": 5, "options": "a"},
        {"place": 0, "seq": 5},
    ],
)
def test_a_tampered_message_saves_nothing(attempt: Attempt, tampered: dict[str, Any]) -> None:
    status, reply = send_json(ticket_of(attempt), {"place": 1, "seq": 1, "options": ["a"]}, tampered)
    assert (status, reply["error"]) == (400, "Trang này không còn khớp với bài thi. Anh/chị vui lòng tải lại trang.")
    assert saved_in(attempt) == {}


def test_what_is_no_json_is_refused(attempt: Attempt) -> None:
    assert call("POST", b"{", content_type="application/json")[0] == 400
    assert call("POST", b"[1]", content_type="application/json")[0] == 400
    assert call("POST", b"x" * 70_000, content_type="application/json")[0] == 413
    assert call("PUT")[0] == 405
    assert call("GET", path="/live/elsewhere/")[0] == 404


def test_a_plain_form_saves_and_goes_to_the_next_question(attempt: Attempt) -> None:
    status, headers, _ = send_form(ticket=ticket_of(attempt), place=1, options="c", next="3")
    assert (status, headers["location"]) == (303, f"/attempts/{attempt.pk}/?q=3")
    assert saved_in(attempt) == {1: ["c"]}
    send_form(ticket=ticket_of(attempt), place=1, options="d", next="review")
    assert saved_in(attempt) == {1: ["d"]}


def test_a_form_never_leads_elsewhere(attempt: Attempt) -> None:
    _, headers, _ = send_form(ticket=ticket_of(attempt), place=1, options="c", next="//evil.example/")
    assert headers["location"] == f"/attempts/{attempt.pk}/"
    assert send_form(ticket=ticket_of(attempt), place="x", options="c")[0] == 400
    assert send_form(ticket=ticket_of(attempt), place=1, options="z")[0] == 400


def test_an_attempt_that_is_gone(attempt: Attempt) -> None:
    assert (
        send_json(make_ticket(attempt.pk + 1, attempt.started_at), {"place": 0, "seq": 1, "options": ["a"]})[0] == 404
    )


def test_a_full_intake_says_when_to_come_again(attempt: Attempt, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"place": 0, "seq": 5, "options": ["b"]}
    with monkeypatch.context() as full:
        full.setattr(intake, "MOST_WAITING", 0)
        body = json.dumps({"ticket": ticket_of(attempt), "answers": [answer]}).encode()
        status, headers, text = call("POST", body, content_type="application/json")
        reply = json.loads(text)
        assert (status, headers["retry-after"], reply["retry"]) == (503, str(intake.RETRY), intake.RETRY)
        status, headers, _ = send_form(ticket=ticket_of(attempt), place=1, options="c", next="3")
        assert (status, headers["retry-after"]) == (503, str(intake.RETRY))
        assert saved_in(attempt) == {}
    assert send_json(ticket_of(attempt), answer)[1]["kept"] == [[0, 5]]


def test_more_messages_in_a_second_than_a_page_sends_are_put_off(
    attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_rate", intake.Rate(lambda: 1.0))
    answers = [{"place": 0, "seq": seq, "options": ["b"]} for seq in range(1, intake.MOST_A_SECOND + 2)]
    statuses = [send_json(ticket_of(attempt), answer)[0] for answer in answers]
    assert statuses == [200] * intake.MOST_A_SECOND + [503]
    assert call("GET", authorization=f"Attempt {ticket_of(attempt)}")[0] == 503


async def test_fifty_messages_at_once_of_five_devices_end_in_the_newest(attempt: Attempt) -> None:
    ticket = Ticket(attempt.pk, 0)
    taps = [Given(seq % 4, ("abcd"[seq % 3],), seq) for seq in range(1, 51)]
    receipts = await asyncio.gather(*(intake.submit(ticket, [tap]) for tap in taps * 5))
    assert all(len(one.saved.kept) + len(one.saved.newer) == 1 for one in receipts)
    assert await asyncio.to_thread(saved_in, attempt) == {tap.place: list(tap.options) for tap in taps}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["application/json", "application/x-www-form-urlencoded", "x"]))
def test_any_bytes_are_refused_in_order(real_db: None, body: bytes, kind: str) -> None:
    assert call("POST", body, content_type=kind)[0] in (400, 403)


@pytest.mark.django_db
def test_brackets_without_end_are_refused_as_any_other_nonsense() -> None:
    for body in (b"[" * 30_000, b"[" * 30_000 + b"]" * 30_000):
        assert call("POST", body, content_type="application/json")[0] == 400
