"""One contest's board with all that its frames need. Threads may share it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from threading import RLock
from typing import Any

from django.utils.timezone import localdate

from quizzes.engine.board import ALL_ROUNDS, Board, Line, Started
from quizzes.engine.ranking import RankedUnit, Result
from quizzes.engine.rules import Rules
from quizzes.live import frames
from quizzes.live.protocol import BoardFrame, OwnFrame, PersonRow, encode_frame
from quizzes.models import Contest
from quizzes.queries.boards import UnitFacts, names_of, ranked_units, units_on

Units = dict[int, UnitFacts]


@dataclass(frozen=True)
class Rendered:
    """A shared frame, encoded once for everybody."""

    frame: BoardFrame
    text: str
    etag: str


@dataclass(frozen=True, slots=True)
class OwnState:
    """What a member's own frame says; compared to learn whether she must be told again."""

    rank: int | None
    line: Line | None
    unit: RankedUnit | None
    shown: bool


@dataclass
class Kept:
    contest: Contest
    rules: Rules
    board: Board
    filled_at: float
    read_at: float
    _lock: RLock = field(default_factory=RLock)  # held for as long as memory takes, never while the database is asked
    _names: dict[int, str] = field(default_factory=dict)
    _units: dict[date, Units] = field(default_factory=dict)
    _rendered: dict[int, tuple[Any, Rendered]] = field(default_factory=dict)
    _ranking: dict[int, tuple[Any, list[RankedUnit]]] = field(default_factory=dict)

    def key(self, number: int) -> int:
        """The board's key of the round with that number (0: all rounds). KeyError if there is none."""
        numbers = {one.number: one.pk for one in self.contest.rounds.all()}
        return ALL_ROUNDS if number == ALL_ROUNDS else numbers[number]

    def apply(self, events: Iterable[Started | Result]) -> None:
        with self._lock:
            for event in events:
                self.board.apply(event)

    def rendered(self, number: int, now: datetime) -> Rendered:
        """The shared frame of one round."""
        state = frames.state_of(self.contest, number, now)
        shown = frames.people_are_shown(self.contest, self.rules, number, now)
        units = self._units_at(number, now)
        self._fetch_names(self._at_top(number) if shown else ())
        with self._lock:
            stamp = (self.board.changes[self.key(number)], state, shown, id(units))
            known = self._rendered.get(number)
            if known is None or known[0] != stamp:
                known = stamp, _encoded(self._frame(number, state, units, shown=shown))
                self._rendered[number] = known
            return known[1]

    def own(self, number: int, known: Mapping[int, OwnState | None], now: datetime) -> dict[int, OwnState]:
        """Where each member of `known` stands, left out where that is what she knows already."""
        shown = frames.people_are_shown(self.contest, self.rules, number, now)
        units = self._units_at(number, now)
        with self._lock:
            standing = self.board.standings[self.key(number)]
            by_unit = {one.unit: one for one in self._ranked(number, units)}
            found: dict[int, OwnState] = {}
            for member, before in known.items():
                line = standing.lines.get(member)
                unit = frames.grassroots_of(line.unit_path, units) if line else None
                state = OwnState(standing.rank_of(member), line, by_unit.get(unit) if unit else None, shown)
                if state != before:
                    found[member] = state
            return found

    def own_frame(self, number: int, state: OwnState, now: datetime) -> OwnFrame:
        units = self._units_at(number, now)
        row = None
        if state.rank is not None and state.line is not None and state.shown:
            self._fetch_names([state.line.member])
            row = self._row(state.rank, state.line, units)
        return frames.own_frame(self.contest, row, state.unit, units)

    def _frame(self, number: int, state: str, units: Units, *, shown: bool) -> BoardFrame:
        key = self.key(number)
        top = self.board.standings[key].top(frames.PEOPLE_SHOWN)
        return frames.board_frame(
            self.contest,
            number=number,
            state=state,
            counts=frames.counts_of(self.board, key),
            people=[self._row(rank, line, units) for rank, line in top] if shown else None,
            units=[
                frames.unit_row(self.contest, self.rules, one, units)
                for one in self._ranked(number, units)[: frames.UNITS_SHOWN]
            ],
        )

    def _row(self, rank: int, line: Line, units: Units) -> PersonRow:
        return frames.person_row(self.contest, self.rules, rank, line, names=self._names, units=units)

    def _ranked(self, number: int, units: Units) -> list[RankedUnit]:
        stamp = self.board.changes[self.key(number)], id(units)
        known = self._ranking.get(number)
        if known is None or known[0] != stamp:
            known = stamp, ranked_units(self.board, self.key(number), units, self.rules)
            self._ranking[number] = known
        return known[1]

    def _at_top(self, number: int) -> list[int]:
        with self._lock:
            return [line.member for _, line in self.board.standings[self.key(number)].top(frames.PEOPLE_SHOWN)]

    def _fetch_names(self, members: Iterable[int]) -> None:
        unknown = [member for member in members if member not in self._names]
        if unknown:
            self._names |= names_of(unknown)

    def _units_at(self, number: int, now: datetime) -> Units:
        """The tree and the roster of today, or of the last day of a round that is over."""
        closes = max(one.closes_at for one in frames.rounds_of(self.contest, number))
        day = localdate(min(now, closes))
        if day not in self._units:
            self._units[day] = units_on(day, eligible=self.rules.eligible)
        return self._units[day]


def _encoded(frame: BoardFrame) -> Rendered:
    text = encode_frame(frame)
    return Rendered(frame, text, f'"{blake2b(text.encode(), digest_size=8).hexdigest()}"')
