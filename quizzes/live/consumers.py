"""The sockets of the boards."""

from urllib.parse import parse_qs

from channels.exceptions import StopConsumer
from django.utils import timezone

from quizzes.live.hub import Hub
from quizzes.live.lean import LeanConsumer, Message
from quizzes.live.prepared import EXTENSION, Outlet
from quizzes.live.shelf import shelf
from quizzes.live.token import read_token
from quizzes.live.watcher import PlainOutlet, Watcher

hub = Hub(shelf, timezone.now)

NO_TOKEN, TOO_MANY, TALKS_TOO_MUCH = 4401, 4429, 1008
MOST_WORDS = 20  # messages that are read and thrown away before a page is taken for no page of ours
BUFFER = 32 * 1024  # bytes that the system may hold back for one socket: some boards, not some minutes of them


class BoardConsumer(LeanConsumer):
    """`/live/board/?token=…`: from joining on whole frames, the shared one and the own one. Nothing is read."""

    watcher: Watcher | None = None
    words = 0

    async def websocket_connect(self, _message: Message) -> None:
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        seat = read_token(query.get("token", [""])[0], now=timezone.now())
        if seat is None:
            await self.close(NO_TOKEN)
        elif not hub.has_place_for(seat.member_id):
            await self.close(TOO_MANY)
        else:
            outlet = self._outlet()
            await self.accept()
            self.watcher = Watcher(seat.contest_id, seat.number, seat.member_id, outlet)
            hub.join(self.watcher)

    async def websocket_receive(self, _message: Message) -> None:
        """A page has nothing to say here."""
        self.words += 1
        if self.words == MOST_WORDS:
            await self.close(TALKS_TOO_MUCH)

    async def websocket_disconnect(self, _message: Message) -> None:
        if self.watcher:
            hub.leave(self.watcher)
        raise StopConsumer

    def _outlet(self) -> Outlet:
        offered: Outlet | None = self.scope.get("extensions", {}).get(EXTENSION)
        outlet = offered or PlainOutlet(self.send_text, self._hang_up)
        outlet.keep_short(BUFFER)
        return outlet

    async def _hang_up(self) -> None:
        await self.close(1011)
