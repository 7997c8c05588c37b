"""Everybody who looks at one round of one contest, and what was told to them last."""

from dataclasses import dataclass, field
from time import monotonic

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


@dataclass
class Room:
    watchers: dict[Watcher, None] = field(default_factory=dict)  # in the order of arrival
    newcomers: dict[Watcher, None] = field(default_factory=dict)
    behind: dict[Watcher, None] = field(default_factory=dict)  # have not the newest: their network was busy
    view: View | None = None
    looked_at: float = 0.0
    told_at: float = 0.0  # when all were told something
    renewed_at: float = field(default_factory=monotonic)  # when all got a new token

    def members(self) -> set[int]:
        return {watcher.member_id for watcher in self.watchers}

    def drop(self, watcher: Watcher) -> None:
        for group in (self.watchers, self.newcomers, self.behind):
            group.pop(watcher, None)

    def tell(self, watchers: list[Watcher], view: View, now: float) -> None:
        """Give each of `watchers` what she hasn't got. Whose network is still busy gets the newest later."""
        shared, text_for = view.shared, view.lines.text
        with view.kept.lock:
            for watcher in watchers:
                own = text_for(watcher.member_id) or watcher.own
                if own == watcher.own:
                    taken = watcher.shared is shared or watcher.outlet.write_prepared(shared)
                elif watcher.shared is shared:
                    taken = watcher.outlet.write_prepared(Prepared(own, for_one=True))
                else:
                    taken = watcher.outlet.write_prepared(shared, Prepared(own, for_one=True))
                if taken:
                    watcher.shared, watcher.own = shared, own
                if not taken or watcher.waits_since:
                    self._note(watcher, now, taken=taken)

    def _note(self, watcher: Watcher, now: float, *, taken: bool) -> None:
        if taken:
            watcher.waits_since = 0.0
            self.behind.pop(watcher, None)
        elif not watcher.waits_since:
            watcher.waits_since = now
            self.behind[watcher] = None
        elif now - watcher.waits_since > PATIENCE:
            self.drop(watcher)
            watcher.outlet.abort()
