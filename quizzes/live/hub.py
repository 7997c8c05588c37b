"""Boards out: one hub a process. At most one shared frame a beat and room, encoded once, only if something changed.

Nobody misses anything: a newcomer is in the room before her first frame is made, and every frame is whole. The
database is only asked in the hub's one thread, so the event loop never waits for it; what each watcher is told comes
from memory, in slices, so that answers in between are taken as quickly as ever.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from time import monotonic

from django.conf import settings
from django.db import close_old_connections

from lms.web import figures
from quizzes.live.feed import Feed, follow
from quizzes.live.prepared import Prepared
from quizzes.live.protocol import BEAT_FRAME, token_frame
from quizzes.live.publisher import channel
from quizzes.live.room import Room, RoomKey, View
from quizzes.live.shelf import Shelf
from quizzes.live.token import Seat, make_token
from quizzes.live.watcher import Watcher

BEAT = 0.25  # seconds; longer when many watch
LOOK_EVERY = 1.0  # seconds between looks at the database, however quiet the deltas are
ALIVE_EVERY = 15.0  # seconds between signs of life; a page that hears none for 40 tries anew
RENEW_EVERY = 240.0  # seconds between new tokens: less than half of a token's life
SLICE = 250  # watchers served before others may use the loop
MOST_SOCKETS = 20_000  # of this process: its files and its memory end somewhere
MOST_OF_ONE = 8  # of one member: phone, computer, projector and a few forgotten tabs

_BEAT = Prepared(BEAT_FRAME)
_log = logging.getLogger(__name__)


def beat_for(watchers: int) -> float:
    return BEAT if watchers <= 5_000 else 2 * BEAT if watchers <= 20_000 else 4 * BEAT


class Hub:
    def __init__(self, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self.shelf = shelf
        self.clock = clock
        self.rooms: dict[RoomKey, Room] = {}
        self.sockets: Counter[int] = Counter()  # by member
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._asked: dict[RoomKey, tuple[float, asyncio.Task[View]]] = {}
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="boards")

    def has_place_for(self, member_id: int) -> bool:
        return self.sockets[member_id] < MOST_OF_ONE and self._count() < MOST_SOCKETS

    def join(self, watcher: Watcher) -> None:
        """Put her into the room first and then tell her: nothing that happens in between is missed."""
        self._start()
        room = self.rooms.setdefault((watcher.contest_id, watcher.number), Room())
        room.watchers[watcher] = None
        self.sockets[watcher.member_id] += 1
        figures.sockets.labels("board").inc()
        if room.view and self._is_fresh(room, room.view, (watcher.contest_id, watcher.number)):
            room.tell([watcher], room.view, monotonic())
        if not (watcher.shared and watcher.own):  # nobody has looked yet, or her name isn't at hand
            room.newcomers[watcher] = None
            self._wake.set()

    def leave(self, watcher: Watcher) -> None:
        self.sockets[watcher.member_id] -= 1
        if not self.sockets[watcher.member_id]:
            del self.sockets[watcher.member_id]
        figures.sockets.labels("board").dec()
        key = (watcher.contest_id, watcher.number)
        room = self.rooms.get(key)
        if room is None:
            return
        room.drop(watcher)
        if not room.watchers:
            del self.rooms[key]
        if not self.rooms:
            self._rest()

    async def view_of(self, key: RoomKey) -> View:
        """The shared part for somebody outside: what the room has, or one look a second for all who ask."""
        room, loop = self.rooms.get(key), asyncio.get_running_loop()
        if room and room.view and self._is_fresh(room, room.view, key):
            return room.view
        at, look = self._asked.get(key, (0.0, None))
        if look is None or look.get_loop() is not loop or monotonic() - at >= LOOK_EVERY:
            look = loop.create_task(self._look(key, set()))
            self._asked[key] = monotonic(), look
        return await asyncio.shield(look)

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        if self._tasks and self._loop is loop:
            return
        self._loop, self.rooms, self.sockets, self._wake = loop, {}, Counter(), asyncio.Event()
        self._tasks = [loop.create_task(self._beat_on())]  # references are kept: the loop holds tasks weakly
        if settings.REDIS_URL:
            feed = Feed(self.shelf.take, self.shelf.doubt)
            self._tasks.append(loop.create_task(follow(settings.REDIS_URL, channel(), feed)))

    def _rest(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []

    def _count(self) -> int:
        return sum(len(room.watchers) for room in self.rooms.values())

    def _is_fresh(self, room: Room, view: View, key: RoomKey) -> bool:
        return self.shelf.changes(*key) == view.changes and monotonic() - room.looked_at < LOOK_EVERY

    async def _beat_on(self) -> None:
        next_beat = monotonic()
        while True:
            due = monotonic() >= next_beat
            if due:
                next_beat = monotonic() + beat_for(self._count())
            for key, room in list(self.rooms.items()):
                try:
                    await (self._serve(key, room) if due else self._welcome(key, room))
                except Exception:
                    _log.exception("the board of contest %s could not be sent; trying again", key[0])
                    room.looked_at = monotonic()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), max(next_beat - monotonic(), 0))
            self._wake.clear()

    async def _serve(self, key: RoomKey, room: Room) -> None:
        """Tell everybody what moved, if anything did; who was behind may be able to take it now."""
        if room.view and self._is_fresh(room, room.view, key):
            await self._welcome(key, room)
            await self._tell(room, room.behind, room.view)
        else:
            room.looked_at, moved_at = monotonic(), self.shelf.moved_at(*key)
            before, room.newcomers = room.view, {}
            room.view = view = _unless_same(before, await self._look(key, room.members()))
            await self._tell(room, room.watchers, view)
            if moved_at is not None:
                figures.board_age.observe(monotonic() - moved_at)
            if before is None or before.shared is not view.shared:
                room.told_at = monotonic()
        if monotonic() - room.renewed_at >= RENEW_EVERY:
            await self._renew_tokens(room)
        elif monotonic() - room.told_at >= ALIVE_EVERY:
            await self._say_alive(room)

    async def _welcome(self, key: RoomKey, room: Room) -> None:
        """First frames for who is new."""
        if room.newcomers:
            newcomers, room.newcomers = room.newcomers, {}
            view = await self._look(key, {watcher.member_id for watcher in newcomers})
            await self._tell(room, newcomers, _unless_same(room.view, view))

    async def _tell(self, room: Room, watchers: Iterable[Watcher], view: View) -> None:
        for some in _slices(list(watchers)):
            room.tell([one for one in some if one in room.watchers], view, monotonic())
            await asyncio.sleep(0)

    async def _renew_tokens(self, room: Room) -> None:
        """So that all can come back at once when this process ends, without a page asking for each."""
        room.renewed_at = room.told_at = monotonic()
        for some in _slices(list(room.watchers)):
            now = self.clock()
            for watcher in some:
                seat = Seat(watcher.contest_id, watcher.number, watcher.member_id)
                watcher.outlet.write_prepared(Prepared(token_frame(make_token(seat, now=now)), for_one=True))
            await asyncio.sleep(0)

    async def _say_alive(self, room: Room) -> None:
        room.told_at = monotonic()
        for some in _slices(list(room.watchers)):
            for watcher in some:
                watcher.outlet.write_prepared(_BEAT)
            await asyncio.sleep(0)

    async def _look(self, key: RoomKey, members: set[int]) -> View:
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, key, members)

    def _read(self, key: RoomKey, members: set[int]) -> View:
        """In the hub's thread."""
        contest_id, number = key
        try:
            now, kept = self.clock(), self.shelf.current_by_id(contest_id)
            shared = kept.rendered(number, now)
            lines = kept.lines_of(number, members, now)
            return View(kept, lines, shared.prepared, shared.etag, shared.changes)
        finally:
            close_old_connections()


def _unless_same(before: View | None, view: View) -> View:
    """Nobody is sent what she has, also where it was made a second time."""
    return replace(view, shared=before.shared) if before and before.etag == view.etag else view


def _slices(watchers: list[Watcher]) -> Iterator[list[Watcher]]:
    rest = iter(watchers)
    while some := list(islice(rest, SLICE)):
        yield some
