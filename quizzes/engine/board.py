"""The board of one contest: every round's standing and all rounds together, moved by events or filled at once.

Applying an event twice, or events in any order, leads to the same board. Truth is the database; a board can be
thrown away and filled again at any time.
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lms.people.engine.path import unit_ids
from quizzes.engine.ranking import Result, UnitTotal, counted, rank_key, ranks

ALL_ROUNDS = 0
_MEMBER_BITS = 40

ids_on_path = lru_cache(maxsize=4096)(lambda path: tuple(unit_ids(path)))


@dataclass(frozen=True, slots=True)
class Started:
    attempt: int
    round: int


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a standing."""

    member: int
    score: int
    duration_ms: int
    submitted_us: int
    unit_path: str


class Standing:
    """An ordered list of persons (one packed integer each) with the totals of their units up the tree."""

    def __init__(self, comparators: Sequence[str]) -> None:
        self.comparators = tuple(comparators)
        self.lines: dict[int, Line] = {}
        self._order: list[int] = []
        self._places: dict[int, int] = {}
        self._people: Counter[int] = Counter()
        self._score: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self.lines)

    def fill(self, lines: Iterable[Line]) -> None:
        """Take many lines of persons not yet here; sorted once."""
        for line in lines:
            self.lines[line.member] = line
            self._places[line.member] = self._place(line)
            self._count(line, 1)
        self._order = sorted(self._places.values())

    def put(self, line: Line) -> bool:
        """Set a person's line. False if it was that already."""
        old = self.lines.get(line.member)
        if old == line:
            return False
        if old is not None:
            del self._order[bisect_left(self._order, self._places[line.member])]
            self._count(old, -1)
        self.lines[line.member] = line
        self._places[line.member] = place = self._place(line)
        insort(self._order, place)
        self._count(line, 1)
        return True

    def top(self, count: int) -> list[tuple[int, Line]]:
        """The first `count` lines with their ranks; inside a tie by member number."""
        first = self._order[:count]
        members = [self.lines[place & ((1 << _MEMBER_BITS) - 1)] for place in first]
        return list(zip(ranks([place >> _MEMBER_BITS for place in first]), members, strict=True))

    def rank_of(self, member: int) -> int | None:
        place = self._places.get(member)
        if place is None:
            return None
        return bisect_left(self._order, place >> _MEMBER_BITS << _MEMBER_BITS) + 1

    def unit_totals(self) -> dict[int, UnitTotal]:
        """Every unit with someone in this standing, and each unit above them."""
        return {unit: UnitTotal(people, self._score[unit]) for unit, people in self._people.items() if people}

    def _place(self, line: Line) -> int:
        key = rank_key(self.comparators, score=line.score, duration_ms=line.duration_ms, submitted_us=line.submitted_us)
        return key << _MEMBER_BITS | line.member

    def _count(self, line: Line, sign: int) -> None:
        for unit in ids_on_path(line.unit_path):
            self._people[unit] += sign
            self._score[unit] += sign * line.score


class Board:
    """Standings by round number; `ALL_ROUNDS` adds up each person's counted attempts."""

    def __init__(self, *, rounds: Iterable[int], comparators: Sequence[str], how: str) -> None:
        self.how = how
        self.comparators = tuple(comparators)
        self.standings = {number: Standing(comparators) for number in rounds}
        only = len(self.standings) == 1  # then all rounds together are that round
        self.standings[ALL_ROUNDS] = next(iter(self.standings.values())) if only else Standing(comparators)
        self.newest_us = 0  # of the submissions known
        self.changes: Counter[int] = Counter()  # of this copy only: tells a reader that something moved
        self._results: defaultdict[tuple[int, int], dict[int, Result]] = defaultdict(dict)
        self._rounds_of: defaultdict[int, set[int]] = defaultdict(set)
        self._open: set[int] = set()
        self._submitted: set[int] = set()
        self._open_in: Counter[int] = Counter()
        self._submitted_in: Counter[int] = Counter()

    def fill(self, events: Iterable[Started | Result]) -> None:
        """Take a whole contest into an empty board."""
        for event in events:
            self._note(event)
        for number, standing in self.standings.items():
            self.changes[number] += 1
            if standing.lines:
                continue
            members = self._rounds_of if number == ALL_ROUNDS else _members_of(self._results, number)
            standing.fill(self._line(number, member) for member in members)

    def apply(self, event: Started | Result) -> bool:
        """Let one thing happen. False if it changes nothing: known already, or of a round that isn't here."""
        if event.round not in self.standings or not self._note(event):
            return False
        for number in (event.round, ALL_ROUNDS):
            if isinstance(event, Result):
                self.standings[number].put(self._line(number, event.member))
            self.changes[number] += 1
        return True

    def working(self, number: int) -> int:
        """How many attempts are open."""
        return self._open_in[number]

    def no_longer_open(self, open_now: Iterable[int]) -> set[int]:
        """Attempts that are open here but not among `open_now`."""
        return self._open.difference(open_now)

    def version(self, number: int) -> int:
        """Starts and submissions so far: equal on every copy that knows the same, and it only grows."""
        return self._open_in[number] + 2 * self._submitted_in[number]

    def _note(self, event: Started | Result) -> bool:
        if isinstance(event, Started):
            if event.attempt in self._open or event.attempt in self._submitted:
                return False
            self._open.add(event.attempt)
            _add(self._open_in, event.round, 1)
            return True
        known = self._results[event.round, event.member]
        if known.get(event.attempt) == event:
            return False
        known[event.attempt] = event
        if event.attempt in self._open:
            self._open.remove(event.attempt)
            _add(self._open_in, event.round, -1)
        if event.attempt not in self._submitted:
            self._submitted.add(event.attempt)
            _add(self._submitted_in, event.round, 1)
        self._rounds_of[event.member].add(event.round)
        self.newest_us = max(self.newest_us, event.submitted_us)
        return True

    def _line(self, number: int, member: int) -> Line:
        rounds = sorted(self._rounds_of[member]) if number == ALL_ROUNDS else (number,)
        chosen = [
            counted(self._results[one, member].values(), how=self.how, comparators=self.comparators) for one in rounds
        ]
        last = chosen[-1]
        if len(chosen) == 1:
            return Line(member, last.score, last.duration_ms, last.submitted_us, last.unit_path)
        return Line(
            member=member,
            score=sum(one.score for one in chosen),
            duration_ms=sum(one.duration_ms for one in chosen),
            submitted_us=max(one.submitted_us for one in chosen),
            unit_path=last.unit_path,
        )


def _add(counts: Counter[int], number: int, one: int) -> None:
    counts[number] += one
    counts[ALL_ROUNDS] += one


def _members_of(results: dict[tuple[int, int], dict[int, Result]], number: int) -> list[int]:
    return [member for one, member in results if one == number]
