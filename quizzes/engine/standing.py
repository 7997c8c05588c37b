"""Persons in order, each with one line, and the totals of their units up the tree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from lms.people.engine.path import unit_ids
from quizzes.engine.ordered import Ordered
from quizzes.engine.ranking import Result, UnitTotal, keyer, ranks

_MEMBER_BITS = 40
_MEMBERS = (1 << _MEMBER_BITS) - 1

ids_on_path = lru_cache(maxsize=8192)(lambda path: tuple(unit_ids(path)))


class Sum(NamedTuple):
    """One person's rounds added up."""

    member: int
    score: int
    duration_ms: int
    submitted_us: int
    unit_path: str


Line = Result | Sum  # an attempt that counts is its own line: nothing is kept twice


class Standing:
    """An ordered list of persons (one packed integer each) with the totals of their units up the tree."""

    def __init__(self, comparators: Sequence[str]) -> None:
        self.lines: dict[int, Line] = {}
        self._key = keyer(tuple(comparators))
        self._order = Ordered()
        self._people: defaultdict[int, int] = defaultdict(int)
        self._score: defaultdict[int, int] = defaultdict(int)

    def __len__(self) -> int:
        return len(self.lines)

    def fill(self, lines: Mapping[int, Line]) -> None:
        """Take everybody's line into an empty standing; sorted once."""
        self.lines = dict(lines)
        self._order = Ordered(_sorted_in_parts([self._place(line) for line in lines.values()]))
        people: Counter[str] = Counter()
        score: Counter[str] = Counter()
        for line in lines.values():
            people[line.unit_path] += 1
            score[line.unit_path] += line.score
        for path, count in people.items():
            self._count(path, count, score[path])

    def put(self, line: Line) -> None:
        """Set a person's line."""
        old = self.lines.get(line.member)
        if old is not None:
            self._order.remove(self._place(old))
            self._count(old.unit_path, -1, -old.score)
        self.lines[line.member] = line
        self._order.add(self._place(line))
        self._count(line.unit_path, 1, line.score)

    def top(self, count: int) -> list[tuple[int, Line]]:
        """The first `count` lines with their ranks; inside a tie by member number."""
        first = self._order.first(count)
        members = [self.lines[place & _MEMBERS] for place in first]
        return list(zip(ranks([place >> _MEMBER_BITS for place in first]), members, strict=True))

    def rank_of(self, member: int) -> int | None:
        line = self.lines.get(member)
        if line is None:
            return None
        return self._order.smaller_than(self._place(line) & ~_MEMBERS) + 1

    def unit_totals(self) -> dict[int, UnitTotal]:
        """Every unit with someone in this standing, and each unit above them."""
        return {unit: UnitTotal(people, self._score[unit]) for unit, people in self._people.items() if people}

    def _place(self, line: Line) -> int:
        return self._key(line.score, line.duration_ms, line.submitted_us) << _MEMBER_BITS | line.member

    def _count(self, path: str, people: int, score: int) -> None:
        for unit in ids_on_path(path):
            self._people[unit] += people
            self._score[unit] += score


def _sorted_in_parts(places: list[int], part: int = 5000) -> Iterable[int]:
    """`places` as runs that are in order: one sort of 100,000 would hold the interpreter for 70 ms, the merge of runs
    takes a tenth of that."""
    return [place for start in range(0, len(places), part) for place in sorted(places[start : start + part])]
