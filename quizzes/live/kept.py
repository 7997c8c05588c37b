"""One contest's board with all that its frames need. Threads may share it."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from threading import RLock
from typing import Any

from django.utils.timezone import localdate

from quizzes.engine.board import ALL_ROUNDS, Board, Started
from quizzes.engine.ranking import RankedUnit, Result
from quizzes.engine.rules import Rules
from quizzes.engine.standing import Line
from quizzes.live import frames
from quizzes.live.prepared import Prepared
from quizzes.live.protocol import BoardFrame, OwnFrame, PersonRow, encode_frame
from quizzes.models import Contest
from quizzes.queries.boards import UnitFacts, names_of, ranked_units, units_on

Units = dict[int, UnitFacts]
_NAMES_AT_ONCE = 5000  # a database takes only so many values in one question
NO_LINE = '{"t":"own","row":null,"unit":null}'


@dataclass(frozen=True)
class Rendered:
    """A shared frame, encoded once for everybody."""

    frame: BoardFrame
    text: str
    etag: str
    changes: int  # of the board when it was made
    prepared: Prepared


@dataclass
class Kept:
    contest: Contest
    rules: Rules
    board: Board
    filled_at: float
    read_at: float  # the last look at the database
    read_all_at: float  # the last one that can't have missed anything
    lock: RLock = field(default_factory=RLock)  # held for as long as memory takes, never while the database is asked
    names: dict[int, str] = field(default_factory=dict)
    tails: dict[int, tuple[Line, Units, str, int | None]] = field(default_factory=dict)
    _units: dict[date, Units] = field(default_factory=dict)
    _rendered: dict[int, tuple[Any, Rendered]] = field(default_factory=dict)
    _ranking: dict[int, tuple[Any, list[RankedUnit]]] = field(default_factory=dict)
    _moved_at: dict[int, float] = field(default_factory=dict)

    def key(self, number: int) -> int:
        """The board's key of the round with that number (0: all rounds). KeyError if there is none."""
        numbers = {one.number: one.pk for one in self.contest.rounds.all()}
        return ALL_ROUNDS if number == ALL_ROUNDS else numbers[number]

    def apply(self, events: Iterable[Started | Result]) -> None:
        now = time.monotonic()
        with self.lock:
            for event in events:
                if self.board.apply(event):
                    self._moved_at.setdefault(event.round, now)
                    self._moved_at.setdefault(ALL_ROUNDS, now)

    def moved_at(self, number: int) -> float | None:
        """When the oldest change came that nobody has asked for yet; None without any."""
        return self._moved_at.pop(self.key(number), None)

    def doubt(self) -> None:
        """Something may have been missed: whoever looks next must read the database, and somebody should."""
        with self.lock:
            self.read_at = self.read_all_at = -float("inf")
            self.board.changes.update(self.board.standings.keys())

    def rendered(self, number: int, now: datetime) -> Rendered:
        """The shared frame of one round. KeyError if there is none with that number."""
        key = self.key(number)
        state = frames.state_of(self.contest, number, now)
        shown = frames.people_are_shown(self.contest, self.rules, number, now)
        units = self._units_at(number, now)
        self._fetch_names(self._at_top(number) if shown else ())
        with self.lock:
            changes = self.board.changes[key]
            stamp = (changes, state, shown, id(units))
            known = self._rendered.get(number)
            if known is None or known[0] != stamp:
                known = stamp, self._encoded(number, self._frame(number, state, units, shown=shown), changes)
                self._rendered[number] = known
            return known[1]

    def own_frame(self, number: int, member: int, now: datetime) -> OwnFrame:
        """One member's own line; asks the database for a name or a roster that isn't here."""
        return self.lines_of(number, [member], now).frame(member)

    def lines_of(self, number: int, members: Iterable[int], now: datetime) -> "OwnLines":
        """Own lines as of now, with all that those of `members` need. In a thread that may ask the database."""
        shown = frames.people_are_shown(self.contest, self.rules, number, now)
        units = self._units_at(number, now)
        standing = self.board.standings[self.key(number)]
        self._fetch_names([member for member in members if member in standing.lines])
        with self.lock:
            by_unit = (
                {one.unit: one for one in self._ranked(number, units)} if self._units_are_shown(scores=shown) else {}
            )
        return OwnLines(self, number, units, by_unit, shown=shown)

    def _frame(self, number: int, state: str, units: Units, *, shown: bool) -> BoardFrame:
        key = self.key(number)
        top = self.board.standings[key].top(frames.PEOPLE_SHOWN)
        ranked = self._ranked(number, units)[: frames.UNITS_SHOWN] if self._units_are_shown(scores=shown) else []
        return frames.board_frame(
            self.contest,
            number=number,
            state=state,
            counts=frames.counts_of(self.board, key),
            people=[self.row(rank, line, units) for rank, line in top] if shown else None,
            units=[frames.unit_row(self.contest, self.rules, one, units) for one in ranked],
        )

    def row(self, rank: int, line: Line, units: Units) -> PersonRow:
        return frames.person_row(self.contest, self.rules, rank, line, names=self.names, units=units)

    def _units_are_shown(self, *, scores: bool) -> bool:
        """An average tells of scores, numbers of people don't."""
        return scores or self.rules.unit_ranking != "average"

    def _ranked(self, number: int, units: Units) -> list[RankedUnit]:
        stamp = self.board.changes[self.key(number)], id(units)
        known = self._ranking.get(number)
        if known is None or known[0] != stamp:
            known = stamp, ranked_units(self.board, self.key(number), units, self.rules)
            self._ranking[number] = known
        return known[1]

    def _at_top(self, number: int) -> list[int]:
        with self.lock:
            return [line.member for _, line in self.board.standings[self.key(number)].top(frames.PEOPLE_SHOWN)]

    def _fetch_names(self, members: Iterable[int]) -> None:
        unknown = [member for member in members if member not in self.names]
        for start in range(0, len(unknown), _NAMES_AT_ONCE):
            asked = unknown[start : start + _NAMES_AT_ONCE]
            self.names |= dict.fromkeys(asked, "") | names_of(asked)

    def _units_at(self, number: int, now: datetime) -> Units:
        """The tree and the roster of today, or of the last day of a round that is over."""
        closes = max(one.closes_at for one in frames.rounds_of(self.contest, number))
        day = localdate(min(now, closes))
        if day not in self._units:
            self._units[day] = units_on(day, eligible=self.rules.eligible)
        return self._units[day]

    def _encoded(self, number: int, frame: BoardFrame, changes: int) -> Rendered:
        """The same frame as before if only something moved that nobody sees: whoever has it needs no other."""
        text = encode_frame(frame)
        before = self._rendered.get(number)
        if before is not None and before[1].text == text:
            return replace(before[1], changes=changes)
        etag = f'"{blake2b(text.encode(), digest_size=8).hexdigest()}"'
        return Rendered(frame, text, etag, changes, Prepared(text))


class OwnLines:
    """The own lines of one round's watchers, told apart from memory alone: the event loop may ask."""

    def __init__(
        self, kept: Kept, number: int, units: Units, by_unit: dict[int, RankedUnit], *, shown: bool
    ) -> None:  # fmt: skip
        self._kept, self._units, self._by_unit, self._shown = kept, units, by_unit, shown
        self._standing = kept.board.standings[kept.key(number)]
        self._unit_texts: dict[int | None, str] = {None: "null"}

    def text(self, member: int) -> str | None:
        """`frame` encoded; None while the member's name isn't at hand. The lock of the board is the caller's."""
        line = self._standing.lines.get(member)
        if line is None:
            return NO_LINE
        tail, unit = self._tail(line)
        if tail is None:
            return None
        row = f'{{"rank":{self._standing.rank_of(member)}{tail}' if self._shown else "null"
        return f'{{"t":"own","row":{row},"unit":{self._unit_text(unit)}}}'

    def frame(self, member: int) -> OwnFrame:
        with self._kept.lock:
            text = self.text(member)
        frame: OwnFrame = json.loads(text or NO_LINE)
        return frame

    def _tail(self, line: Line) -> tuple[str | None, int | None]:
        """What follows the rank, and the union: the part that stays from beat to beat, made once a line."""
        tails = self._kept.tails
        known = tails.get(line.member)
        if known is not None and known[0] is line and known[1] is self._units:
            return known[2], known[3]
        if line.member not in self._kept.names:
            return None, None
        row = encode_frame(self._kept.row(0, line, self._units)).removeprefix('{"rank":0')
        unit = frames.grassroots_of(line.unit_path, self._units)
        tails[line.member] = line, self._units, row, unit
        return row, unit

    def _unit_text(self, unit: int | None) -> str:
        text = self._unit_texts.get(unit)
        if text is None:
            ranked = self._by_unit.get(unit) if unit else None
            own = frames.own_unit(self._kept.contest, ranked, self._units)
            text = self._unit_texts[unit] = encode_frame(own) if own else "null"
        return text
