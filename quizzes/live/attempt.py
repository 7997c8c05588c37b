"""The socket of an attempt page: its signed ticket first, then answers in and acknowledgements out.

One task a socket and none a message: the next message is read when the last one is answered, so that whoever doesn't
read, or sends too much, waits in its own queue (docs/realtime.md, "Answers in").
"""

import asyncio
from collections import defaultdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.web import figures
from quizzes.actions.answers import ImpossibleAnswer
from quizzes.live import intake
from quizzes.live.http import to_json
from quizzes.live.messages import Malformed, Ping, read_message, receipt_of
from quizzes.live.prepared import EXTENSION, Outlet, Prepared
from quizzes.live.ticket import Ticket, milliseconds, read_ticket
from quizzes.models import Attempt

PATIENCE = 10.0  # seconds in which the page must show its ticket
MOST_SOCKETS = 8  # of one attempt: devices, tabs, and what a vanishing network left behind
MOST_MALFORMED = 10
MALFORMED, NOT_OURS, FLOOD = 4400, 4403, 4429

_open: dict[int, list["_Socket"]] = defaultdict(list)
_gauge = figures.sockets.labels("attempt")


async def attempt_application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    first = await _first_message(receive)
    if first["type"] == "websocket.disconnect":
        return
    ticket = read_ticket(first.get("text") or "")
    if ticket is None:
        await send({"type": "websocket.close", "code": NOT_OURS})
        return
    socket = _Socket(ticket, receive, send, scope.get("extensions", {}).get(EXTENSION))
    _enter(socket)
    try:
        await socket.serve()
    except OSError:  # closed while a reply was on its way
        return
    except asyncio.CancelledError:
        if not socket.closed:
            raise
    finally:
        _leave(socket)


async def _first_message(receive: Any) -> dict[str, Any]:
    """What should be the ticket; an empty message if nothing comes in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            return dict(await receive())
    except TimeoutError:
        return {"type": "websocket.receive"}


def _enter(socket: "_Socket") -> None:
    """The newest socket is the one that a living page looks at: beyond the limit the oldest has to go."""
    others = _open[socket.ticket.attempt_id]
    others.append(socket)
    _gauge.inc()
    if len(others) > MOST_SOCKETS:
        others.pop(0).drop()


def _leave(socket: "_Socket") -> None:
    _gauge.dec()
    others = _open[socket.ticket.attempt_id]
    if socket in others:
        others.remove(socket)
    if not others:
        del _open[socket.ticket.attempt_id]


class _Socket:
    def __init__(self, ticket: Ticket, receive: Any, send: Any, outlet: Outlet | None) -> None:
        self.ticket, self.receive, self.send, self.outlet = ticket, receive, send, outlet
        self.malformed, self.closed = 0, False
        self.task = asyncio.current_task()

    async def serve(self) -> None:
        while not self.closed:
            message = await self.receive()
            if message["type"] == "websocket.disconnect":
                return
            await self._answer(message.get("text") or "")

    async def _answer(self, text: str) -> None:
        number = None
        try:
            message = read_message(text)
            number = None if isinstance(message, Ping) else message.number
            intake.admit(self.ticket)
            if isinstance(message, Ping):
                return await self._reply({"t": "pong", "now": milliseconds(timezone.now())})
            receipt = await intake.submit(self.ticket, message.given)
            await self._reply({"t": "saved", "n": number} | receipt_of(receipt))
        except intake.Busy as busy:
            await self._reply({"t": "later", "n": number, "retry": busy.retry})
            if busy.flood:
                await self.close(FLOOD)
        except (Malformed, ImpossibleAnswer) as error:
            await self._refuse(error.number if isinstance(error, Malformed) else number)
        except Attempt.DoesNotExist:
            await self._reply({"t": "refused", "n": number, "error": _("This attempt no longer exists.")})

    async def _refuse(self, number: int | None) -> None:
        sentence = _("This page no longer fits the attempt. Please load it again.")
        await self._reply({"t": "refused", "n": number, "error": sentence})
        self.malformed += 1
        if self.malformed >= MOST_MALFORMED:
            await self.close(MALFORMED)

    async def _reply(self, message: dict[str, Any]) -> None:
        """Straight to the transport where the server offers that; otherwise, or when the other side is slow to read,
        by `send`, which waits for it."""
        text = to_json(message)
        if self.outlet is None or not self.outlet.write_prepared(Prepared(text, for_one=True)):
            await self.send({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        self.closed = True
        await self.send({"type": "websocket.close", "code": code})

    def drop(self) -> None:
        """End without a word: this may be a socket that nobody reads any more, and a goodbye would wait for it."""
        self.closed = True
        if self.task:
            self.task.cancel()
