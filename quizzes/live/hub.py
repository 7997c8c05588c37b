"""Boards out: one hub a process. At most one shared frame a beat and room, encoded once, only if something changed.

Nobody misses anything: a newcomer is in the room before her first frame is made, and every frame is whole. The
database is only asked in the hub's one thread, so the event loop never waits for it.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections

from quizzes.live.feed import follow
from quizzes.live.kept import OwnState
from quizzes.live.protocol import BEAT_FRAME, encode_frame
from quizzes.live.shelf import Shelf
from quizzes.live.watcher import Watcher

BEAT = 0.25  # seconds; longer when many watch
LOOK_EVERY = 1.0  # seconds between looks at the database, however quiet the deltas are
ALIVE_EVERY = 15.0  # seconds between signs of life; a page that hears none for 40 tries anew
SLICE = 250  # watchers served before others may use the loop

_NOTHING_NEW: tuple[OwnState | None, str] = (None, "")
_log = logging.getLogger(__name__)
RoomKey = tuple[int, int]  # contest, round number


def beat_for(watchers: int) -> float:
    return BEAT if watchers <= 5_000 else 2 * BEAT if watchers <= 20_000 else 4 * BEAT


@dataclass
class Room:
    watchers: set[Watcher] = field(default_factory=set)
    newcomers: set[Watcher] = field(default_factory=set)
    changes: int = -1  # of the board when the last frame was made
    etag: str = ""
    looked_at: float = 0.0


@dataclass(frozen=True)
class Beat:
    """What the thread hands back to the loop."""

    changes: int
    etag: str
    text: str
    own: dict[int, tuple[OwnState, str]]


class Hub:
    def __init__(self, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self.shelf = shelf
        self.clock = clock
        self.rooms: dict[RoomKey, Room] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="boards")

    def join(self, watcher: Watcher) -> None:
        self._start()
        room = self.rooms.setdefault((watcher.contest_id, watcher.number), Room())
        room.watchers.add(watcher)
        room.newcomers.add(watcher)
        self._wake.set()

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        if self._tasks and self._loop is loop:
            return
        self._loop, self.rooms, self._wake = loop, {}, asyncio.Event()
        self._tasks = [loop.create_task(self._beat_on())]  # references are kept: the loop holds tasks weakly
        if settings.REDIS_URL:
            self._tasks.append(loop.create_task(follow(settings.REDIS_URL, self.shelf.take)))

    def leave(self, watcher: Watcher) -> None:
        watcher.leave()
        key = (watcher.contest_id, watcher.number)
        room = self.rooms.get(key)
        if room is None:
            return
        room.watchers.discard(watcher)
        room.newcomers.discard(watcher)
        if not room.watchers:
            del self.rooms[key]
        if not self.rooms:
            self._rest()

    def _rest(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []

    async def _beat_on(self) -> None:
        loop = asyncio.get_running_loop()
        next_beat, next_sign = loop.time(), loop.time() + ALIVE_EVERY
        while True:
            if loop.time() >= next_sign:
                next_sign = loop.time() + ALIVE_EVERY
                for room in list(self.rooms.values()):
                    await self._send(room.watchers, "beat", BEAT_FRAME)
            due = loop.time() >= next_beat
            if due:
                next_beat = loop.time() + beat_for(sum(len(room.watchers) for room in self.rooms.values()))
            for key, room in list(self.rooms.items()):
                try:
                    await (self._serve_all(key, room, loop.time()) if due else self._welcome(key, room))
                except Exception:
                    _log.exception("the board of contest %s could not be sent; trying again", key[0])
                    room.looked_at = loop.time()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), max(next_beat - loop.time(), 0))
            self._wake.clear()

    async def _serve_all(self, key: RoomKey, room: Room, now: float) -> None:
        """Tell everybody what moved, if anything did."""
        if self.shelf.changes(*key) == room.changes and now - room.looked_at < LOOK_EVERY:
            await self._welcome(key, room)
            return
        room.looked_at = now
        newcomers, room.newcomers = room.newcomers, set()
        beat = await self._ask(key, room.watchers)
        moved = beat.etag != room.etag
        room.changes, room.etag = beat.changes, beat.etag
        await self._send(room.watchers if moved else newcomers, "board", beat.text)
        await self._send_own(room.watchers, beat.own)

    async def _welcome(self, key: RoomKey, room: Room) -> None:
        """First frames for who is new."""
        if room.newcomers:
            newcomers, room.newcomers = room.newcomers, set()
            beat = await self._ask(key, newcomers)
            await self._send(newcomers, "board", beat.text)
            await self._send_own(newcomers, beat.own)

    async def _ask(self, key: RoomKey, watchers: Iterable[Watcher]) -> Beat:
        known: dict[int, OwnState | None] = {}
        for watcher in watchers:
            same = known.setdefault(watcher.member_id, watcher.own) == watcher.own
            if not same:  # two tabs of one person, one of them new
                known[watcher.member_id] = None
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, key, known)

    async def _send(self, watchers: Iterable[Watcher], kind: str, text: str) -> None:
        for place, watcher in enumerate(list(watchers), 1):
            watcher.offer(kind, text)
            if place % SLICE == 0:
                await asyncio.sleep(0)

    async def _send_own(self, watchers: Iterable[Watcher], own: Mapping[int, tuple[OwnState, str]]) -> None:
        for place, watcher in enumerate(list(watchers), 1):
            state, text = own.get(watcher.member_id, _NOTHING_NEW)
            if state != watcher.own and text:
                watcher.own = state
                watcher.offer("own", text)
            if place % SLICE == 0:
                await asyncio.sleep(0)

    def _read(self, key: RoomKey, known: dict[int, OwnState | None]) -> Beat:
        """In the hub's thread."""
        contest_id, number = key
        try:
            now, kept = self.clock(), self.shelf.current_by_id(contest_id)
            changes = self.shelf.changes(contest_id, number)
            shared = kept.rendered(number, now)
            own = {
                member: (state, encode_frame(kept.own_frame(number, state, now)))
                for member, state in kept.own(number, known, now).items()
            }
            return Beat(changes, shared.etag, shared.text, own)
        finally:
            close_old_connections()
