"""The board of one contest: every round's standing and all rounds together, moved by events or filled at once.

Applying an event twice, or events in any order, leads to the same board. Truth is the database; a board can be
thrown away and filled again at any time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quizzes.engine.ranking import Result, counted
from quizzes.engine.standing import Line, Standing, Sum

ALL_ROUNDS = 0
Known = Result | list[Result]  # a person's submitted attempts of one round; nearly always there is one


class Started(NamedTuple):
    attempt: int
    round: int


class Board:
    """Standings by round number; `ALL_ROUNDS` adds up each person's counted attempts."""

    def __init__(self, *, rounds: Iterable[int], comparators: Sequence[str], how: str) -> None:
        self.how = how
        self.comparators = tuple(comparators)
        self.rounds = tuple(rounds)
        self.standings = {number: Standing(comparators) for number in self.rounds}
        # The only round and all rounds together are the same.
        only = len(self.rounds) == 1
        self.standings[ALL_ROUNDS] = self.standings[self.rounds[0]] if only else Standing(comparators)
        self.newest_us = 0  # of the submissions known
        self.newest_attempt = 0
        self.changes: Counter[int] = Counter()  # of this copy only: tells a reader that something moved
        self._results: dict[int, dict[int, Known]] = {number: {} for number in self.rounds}
        self._open: set[int] = set()
        self._submitted: set[int] = set()
        self._open_in: Counter[int] = Counter()
        self._submitted_in: Counter[int] = Counter()

    def fill(self, events: Iterable[Started | Result]) -> None:
        """Take a whole contest into an empty board."""
        for event in events:
            self._note(event)
        for number in self.rounds:
            self.standings[number].fill({member: self._of_round(number, member) for member in self._results[number]})
        if len(self.rounds) > 1:
            members = dict.fromkeys(member for known in self._results.values() for member in known)
            self.standings[ALL_ROUNDS].fill({member: self._of_all(member) for member in members})
        self.changes.update(self.standings.keys())

    def apply(self, event: Started | Result) -> bool:
        """Let one thing happen. False if it changes nothing: known already, or of a round that isn't here."""
        if event.round not in self._results or not self._note(event):
            return False
        if isinstance(event, Result):
            self.standings[event.round].put(self._of_round(event.round, event.member))
            if len(self.rounds) > 1:
                self.standings[ALL_ROUNDS].put(self._of_all(event.member))
        self.changes[event.round] += 1
        self.changes[ALL_ROUNDS] += 1
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
        attempt = event.attempt
        if attempt > self.newest_attempt:
            self.newest_attempt = attempt
        if isinstance(event, Started):
            if attempt in self._open or attempt in self._submitted:
                return False
            self._open.add(attempt)
            self._add(self._open_in, event.round, 1)
            return True
        if not self._keep(event):
            return False
        if attempt in self._open:
            self._open.remove(attempt)
            self._add(self._open_in, event.round, -1)
        if attempt not in self._submitted:
            self._submitted.add(attempt)
            self._add(self._submitted_in, event.round, 1)
        if event.submitted_us > self.newest_us:
            self.newest_us = event.submitted_us
        return True

    def _keep(self, result: Result) -> bool:
        """Whether `result` was news."""
        results = self._results[result.round]
        known = results.get(result.member)
        if known is None:
            results[result.member] = result
            return True
        before = [known] if isinstance(known, Result) else known
        if result in before:
            return False
        others = [one for one in before if one.attempt != result.attempt]
        results[result.member] = [*others, result] if others else result
        return True

    def _of_round(self, number: int, member: int) -> Result:
        known = self._results[number][member]
        return known if isinstance(known, Result) else counted(known, how=self.how, comparators=self.comparators)

    def _of_all(self, member: int) -> Line:
        chosen = [self._of_round(one, member) for one in sorted(self.rounds) if member in self._results[one]]
        last = chosen[-1]
        if len(chosen) == 1:
            return last
        return Sum(
            member=member,
            score=sum(one.score for one in chosen),
            duration_ms=sum(one.duration_ms for one in chosen),
            submitted_us=max(one.submitted_us for one in chosen),
            unit_path=last.unit_path,
        )

    def _add(self, counts: Counter[int], number: int, one: int) -> None:
        counts[number] += one
        counts[ALL_ROUNDS] += one
