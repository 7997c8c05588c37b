"""Everybody who looks at one round of one contest, and what was told to them last."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from quizzes.live.kept import Kept, OwnLines
from quizzes.live.prepared import Prepared
from quizzes.live.watcher import Watcher

RoomKey = tuple[int, int]  # contest, round number
PATIENCE = 30.0  # seconds in which a network must take something


@dataclass(frozen=True)
class View:
    """What the hub's thread hands to the loop: enough to tell anybody in the room without asking the database."""

    kept: Kept
    lines: OwnLines
    shared: Prepared
    etag: str
    changes: int  # of the board
    moved_at: float | None  # when the oldest change in it came, by the monotonic clock


@dataclass
class Room:
    watchers: dict[Watcher, None] = field(default_factory=dict)  # in the order of arrival
    newcomers: dict[Watcher, None] = field(default_factory=dict)
    behind: dict[Watcher, None] = field(default_factory=dict)  # have not the newest: their network was busy
    view: View | None = None
    looked_at: float = 0.0
    told_at: float = 0.0  # when all were told something

    def members(self) -> set[int]:
        return {watcher.member_id for watcher in self.watchers}

    def drop(self, watcher: Watcher) -> None:
        for group in (self.watchers, self.newcomers, self.behind):
            group.pop(watcher, None)

    def tell(self, watchers: list[Watcher], view: View, now: float) -> None:
        """Give each of `watchers` what she hasn't got. Whose network is still busy gets the newest later."""
        with view.kept.lock:
            for watcher in watchers:
                if watcher.outlet.unsent():
                    self._wait_for(watcher, now)
                    continue
                if watcher.waits_since:
                    watcher.waits_since = 0.0
                    self.behind.pop(watcher, None)
                if news := list(_news(watcher, view)):
                    watcher.outlet.write_prepared(news)

    def _wait_for(self, watcher: Watcher, now: float) -> None:
        self.behind[watcher] = None
        if not watcher.waits_since:
            watcher.waits_since = now
        elif now - watcher.waits_since > PATIENCE:
            self.drop(watcher)
            watcher.outlet.abort()


def _news(watcher: Watcher, view: View) -> Iterator[Prepared]:
    if watcher.shared is not view.shared:
        watcher.shared = view.shared
        yield view.shared
    own = view.lines.text(watcher.member_id)
    if own is not None and own != watcher.own:
        watcher.own = own
        yield Prepared(own, for_one=True)
