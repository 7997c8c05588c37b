"""The sockets of the boards."""

from urllib.parse import parse_qs

from channels.exceptions import StopConsumer
from django.utils import timezone

from quizzes.live.hub import Hub
from quizzes.live.lean import LeanConsumer, Message
from quizzes.live.shelf import shelf
from quizzes.live.token import read_token
from quizzes.live.watcher import Watcher

hub = Hub(shelf, timezone.now)


class BoardConsumer(LeanConsumer):
    """`/live/board/?token=…`: from joining on whole frames, the shared one and the own one. Nothing is read."""

    watcher: Watcher | None = None

    async def websocket_connect(self, _message: Message) -> None:
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        seat = read_token(query.get("token", [""])[0], now=timezone.now())
        if seat is None:
            await self.close(4401)
            return
        await self.accept()
        self.watcher = Watcher(seat.contest_id, seat.number, seat.member_id, self.send_text)
        hub.join(self.watcher)

    async def websocket_receive(self, _message: Message) -> None:
        """A page has nothing to say here."""

    async def websocket_disconnect(self, _message: Message) -> None:
        if self.watcher:
            hub.leave(self.watcher)
        raise StopConsumer
