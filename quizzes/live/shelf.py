"""The boards that this process has at hand: filled from the database, moved by deltas, read by pages and sockets.

Whoever looks at a board that was read more than `settings.BOARDS_READ_EVERY` seconds ago reads what began and what was
handed in since; every fifth look also what no delta and no number can tell (attempts that the server closed, late
commits). So a board is right within seconds whatever happened to the deltas. Once a minute it is filled afresh. Threads
may share it.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from threading import Lock

from django.conf import settings

from quizzes.engine.board import ALL_ROUNDS
from quizzes.engine.rules import parse
from quizzes.live.kept import Kept
from quizzes.live.protocol import Delta, event_of
from quizzes.live.publisher import listen
from quizzes.models import Contest
from quizzes.queries.boards import build_board, glance, news_for

FILL_AFRESH_EVERY = 60.0  # seconds; a large board less often: it may not take more than a hundredth of the time
LOOKS_AT_ALL = 5  # every so many looks


class Shelf:
    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}
        self._lock = Lock()
        self._reading: defaultdict[int, Lock] = defaultdict(Lock)  # one reader of the database a contest
        self._missed: dict[int, list[Delta]] = {}  # what arrives while a board is being filled

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def take(self, deltas: Sequence[Delta]) -> None:
        """Let the boards that are here move. Deltas of other contests cost nothing."""
        by_contest: defaultdict[int, list[Delta]] = defaultdict(list)
        for delta in deltas:
            by_contest[delta.contest_id].append(delta)
        for contest_id, theirs in by_contest.items():
            with self._lock:
                if contest_id in self._missed:
                    self._missed[contest_id].extend(theirs)
                kept = self._kept.get(contest_id)
            if kept:
                kept.apply([event_of(delta) for delta in theirs])

    def doubt(self) -> None:
        """Deltas were lost, nobody knows which: every board here must be read again."""
        for kept in list(self._kept.values()):
            kept.doubt()

    def changes(self, contest_id: int, number: int) -> int:
        """A figure that differs once the board has moved; -1 while it isn't here. Asks no database."""
        kept = self._kept.get(contest_id)
        return kept.board.changes[kept.key(number)] if kept else -1

    def moved_at(self, contest_id: int, number: int) -> float | None:
        """When the oldest change came since this was asked last, by the monotonic clock; None without any."""
        kept = self._kept.get(contest_id)
        return kept.moved_at(number) if kept else None

    def current(self, contest: Contest) -> Kept:
        """The board of a contest just read from the database (or of a shelf's own), no older than it may be."""
        kept = self._kept.get(contest.pk)
        if kept and _same(kept.contest, contest) and _age(kept.read_at) < settings.BOARDS_READ_EVERY:
            return kept
        with self._reading[contest.pk]:
            kept = self._kept.get(contest.pk)
            if kept is None or not _same(kept.contest, contest) or _is_old(kept):
                return self._fill(contest.pk)
            if _age(kept.read_at) >= settings.BOARDS_READ_EVERY:
                return self._catch_up(kept)
            return kept

    def current_by_id(self, contest_id: int) -> Kept:
        """The same for who knows only the number. Contest.DoesNotExist if there is no such contest."""
        kept = self._kept.get(contest_id)
        return self.current(kept.contest if kept else _contest(contest_id))

    def _fill(self, contest_id: int) -> Kept:
        """Build the board from the database; what is announced meanwhile is applied on top."""
        with self._lock:
            missed = self._missed[contest_id] = []
        try:
            started, contest = time.monotonic(), _contest(contest_id)
            rules = parse(contest.rules)
            made = Kept(contest, rules, build_board(contest, rules), started, started, started)
            with self._lock:
                if old := self._kept.get(contest_id):  # watchers compare these figures: they must go on growing
                    made.board.changes.update(old.board.changes)
                made.apply(event_of(delta) for delta in missed)
                self._kept[contest_id] = made
            return made
        finally:
            with self._lock:
                del self._missed[contest_id]

    def _catch_up(self, kept: Kept) -> Kept:
        """Read what no delta may have told: other processes' commits, rounds that were closed, changed rules."""
        started, contest = time.monotonic(), _contest(kept.contest.pk)
        if not _same(kept.contest, contest):
            return self._fill(contest.pk)
        if _age(kept.read_all_at) >= LOOKS_AT_ALL * settings.BOARDS_READ_EVERY:
            kept.apply(news_for(kept.board, contest))
            kept.read_all_at = started
        else:
            kept.apply(glance(kept.board, contest))
        kept.contest, kept.read_at = contest, started
        return kept


def _contest(pk: int) -> Contest:
    return Contest.objects.prefetch_related("rounds").get(pk=pk)


def _same(one: Contest, other: Contest) -> bool:
    """Whether a board of `one` serves for `other`: the same contest under the same rules."""
    if one is other:
        return True
    return (one.slug, one.rules) == (other.slug, other.rules) and _rounds(one) == _rounds(other)


def _rounds(contest: Contest) -> list[tuple[int, int]]:
    return sorted((one.pk, one.number) for one in contest.rounds.all())


def _is_old(kept: Kept) -> bool:
    return _age(kept.filled_at) >= max(FILL_AFRESH_EVERY, len(kept.board.standings[ALL_ROUNDS]) / 1000)


def _age(moment: float) -> float:
    return time.monotonic() - moment


shelf = Shelf()
listen(shelf.take)
