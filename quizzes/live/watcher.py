"""One socket that looks at a board, and the two ways out to it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from quizzes.live.prepared import Outlet, Prepared


class PlainOutlet:
    """By the server's own `send`: for servers that don't offer `quizzes.live.prepared.EXTENSION`."""

    def __init__(
        self, send: Callable[[str], Coroutine[Any, Any, None]], close: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        self._send, self._close = send, close
        self._sending: asyncio.Task[None] | None = None

    def keep_short(self, size: int) -> None:
        """One write at a time is short enough."""

    def write_prepared(self, frame: Prepared, own: Prepared | None = None) -> bool:
        if self._sending is not None:
            return False
        texts = [one.text for one in (frame, own) if one]
        self._sending = asyncio.get_running_loop().create_task(self._send_all(texts))
        return True

    def abort(self) -> None:
        if self._sending:
            self._sending.cancel()
        self._sending = asyncio.get_running_loop().create_task(self._close())

    async def _send_all(self, texts: list[str]) -> None:
        try:
            for text in texts:
                await self._send(text)
        except Exception:  # noqa: S110  # the connection is gone; its consumer hears of it and leaves
            pass
        finally:
            self._sending = None


@dataclass(eq=False, slots=True)
class Watcher:
    contest_id: int
    number: int  # of the round; 0 = all rounds
    member_id: int
    outlet: Outlet
    shared: Prepared | None = None  # the frames that she has
    own: str = ""
    waits_since: float = 0.0  # when her network began to take nothing; 0 while it does
