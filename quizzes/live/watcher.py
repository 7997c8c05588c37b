"""One socket that looks at a board. Slow ones skip to the newest frame instead of queueing up old ones."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from quizzes.live.kept import OwnState

Send = Callable[[str], Awaitable[None]]


@dataclass(eq=False, slots=True)
class Watcher:
    contest_id: int
    number: int  # of the round; 0 = all rounds
    member_id: int
    send: Send
    own: OwnState | None = None  # as she was told last
    _waiting: dict[str, str] = field(default_factory=dict)
    _sending: asyncio.Task[None] | None = None

    def offer(self, kind: str, text: str) -> None:
        """Send `text` soon; a frame of the same kind that hasn't left yet is dropped for it."""
        self._waiting[kind] = text
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._drain())

    def leave(self) -> None:
        if self._sending:
            self._sending.cancel()

    async def _drain(self) -> None:
        try:
            while self._waiting:
                await self.send(self._waiting.pop(next(iter(self._waiting))))
        except Exception:
            self._waiting.clear()  # the connection is gone; its consumer hears of it and leaves
        finally:
            self._sending = None
