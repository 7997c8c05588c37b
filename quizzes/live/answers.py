"""The answer door on ASGI: JSON for the page's script, a redirect to the next question for a plain form.

It trusts the signed ticket in the message and nothing else: no cookie, so no forged request of another site.
"""

from typing import Any
from urllib.parse import parse_qs

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.actions.answers import ImpossibleAnswer
from quizzes.live import intake
from quizzes.live.http import Gone, TooLarge, answer_json, answer_text, body_of, header, redirect, retry_after
from quizzes.live.messages import Malformed, given_of, read_json, receipt_of
from quizzes.live.ticket import Ticket, milliseconds, read_ticket
from quizzes.models import Attempt

PATH = "/live/answer/"
MOST_BYTES = 64 * 1024

Scope = dict[str, Any]


async def answer_application(scope: Scope, receive: Any, send: Any) -> None:
    try:
        if scope["path"] != PATH:
            await answer_text(send, 404, _("There is nothing at this address."))
        elif scope["method"] == "POST":
            await _post(scope, receive, send)
        elif scope["method"] == "GET":
            await _standing(scope, send)
        else:
            await answer_text(send, 405, _("This door takes answers only."))
    except Attempt.DoesNotExist:
        await answer_json(send, 404, {"error": _("This attempt no longer exists.")})
    except intake.Busy as busy:
        sentence = _("Too many answers at once. Yours is kept on your device and will be sent again by itself.")
        await answer_json(send, 503, {"error": sentence, "retry": busy.retry}, retry_after(busy.retry))
    except Gone:
        return
    except TooLarge:
        await answer_text(send, 413, _("This message is too large."))


async def _post(scope: Scope, receive: Any, send: Any) -> None:
    body = await body_of(receive, MOST_BYTES)
    if header(scope, b"content-type").startswith("application/json"):
        await _from_script(body, send)
    else:
        await _from_form(body, send)


async def _from_script(body: bytes, send: Any) -> None:
    try:
        document = read_json(body)
        ticket = read_ticket(str(document.get("ticket")))
        if ticket is None:
            await answer_json(send, 403, {"error": _("This page doesn't hold a valid attempt. Please open it again.")})
            return
        intake.admit(ticket)
        receipt = await intake.submit(ticket, given_of(document))
    except (Malformed, ImpossibleAnswer):
        await answer_json(send, 400, {"error": _("This page no longer fits the attempt. Please load it again.")})
    else:
        await answer_json(send, 200, receipt_of(receipt))


async def _from_form(body: bytes, send: Any) -> None:
    """Saves and goes to the question that the pressed button names; the page there says if it came too late."""
    fields = parse_qs(body.decode("utf-8", "replace"))
    ticket = read_ticket(fields.get("ticket", [""])[0])
    if ticket is None:
        await answer_text(send, 403, _("This page doesn't hold a valid attempt. Please open it again."))
        return
    try:
        place, options = int(fields["place"][0]), fields.get("options", [])
        intake.admit(ticket)
        if options or "had" in fields:  # nothing ticked takes a saved answer back
            await intake.submit_form(ticket, place, options)
    except (KeyError, ValueError):
        await answer_text(send, 400, _("This page no longer fits the attempt. Please load it again."))
        return
    except intake.Busy as busy:
        await answer_text(
            send,
            503,
            _("Too many answers at once. Please go back and press the button again."),
            retry_after(busy.retry),
        )
        return
    await redirect(send, _page(ticket, fields.get("next", [""])[0]))


def _page(ticket: Ticket, question: str) -> str:
    address = reverse("quizzes:attempt", args=[ticket.attempt_id])
    return f"{address}?q={question}" if question.isalnum() else address


async def _standing(scope: Scope, send: Any) -> None:
    """The server's time and all that it has of the attempt: how a page resumes after any interruption."""
    ticket = read_ticket(header(scope, b"authorization").removeprefix("Attempt "))
    if ticket is None:
        await answer_json(send, 403, {"error": _("This page doesn't hold a valid attempt. Please open it again.")})
        return
    intake.admit(ticket)
    now, standing = await intake.standing(ticket)
    reply = {
        "now": milliseconds(now),
        "deadline": milliseconds(standing.deadline_at),
        "submitted": standing.submitted,
        "questions": standing.questions,
        "answered": standing.answered,
        "late": standing.late,
        "answers": standing.answers,
    }
    await answer_json(send, 200, reply)
