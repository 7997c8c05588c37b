"""A line of people before a narrow door: who came first goes in first. Pure: time is an argument, in seconds.

A person is the moment at which she came (microseconds); that moment is signed into her ticket, so she keeps her place
whichever process she asks, after a restart, and however often she loads the page again. Kept are only numbers.
"""

from bisect import bisect_left, insort

COMES_WITHIN = 6.0  # seconds after being called for which a place inside is kept free
_SLOWEST_ASKING, _QUICKEST_ASKING = 15, 2


class Full(Exception):
    """More people wait than are remembered."""


class Line:
    """`at_once` people are inside or on their way in; at most `most` wait."""

    def __init__(self, *, at_once: int, most: int = 20_000) -> None:
        self.at_once, self.most = at_once, most
        self.inside = 0
        self._waiting: list[int] = []
        self._asks_by: dict[int, float] = {}  # when each of them is given up unless she asks again
        self._called: dict[int, float] = {}  # who was called and hasn't come yet, and since when
        self._pace, self._last = 0.05, 0.0  # seconds from one entrance to the next, and the last one

    def __len__(self) -> int:
        return len(self._waiting)

    def is_open(self, now: float) -> bool:
        """Whether somebody without a place goes straight in."""
        self._call(now)
        return not self._waiting and self._has_room()

    def ask(self, person: int, now: float) -> int:
        """Her place: 0 = her turn has come, 1 = next. Takes a place in the order of coming if she has none."""
        self._call(now)
        if person not in self._called and person not in self._asks_by:
            if len(self._waiting) >= self.most:
                self._give_up_late(now)
            if len(self._waiting) >= self.most:
                raise Full
            insort(self._waiting, person)
            self._asks_by[person] = now
            self._call(now)
        if person in self._called:
            self._called[person] = now
            return 0
        place = bisect_left(self._waiting, person) + 1
        self._asks_by[person] = now + 2 * self.ask_again_after(place) + COMES_WITHIN
        return place

    def enter(self, person: int | None, now: float) -> None:
        """She goes in; `leave` when she is done."""
        if person is not None:
            self._called.pop(person, None)
        if self._waiting and self._last:
            self._pace += (min(now - self._last, 10.0) - self._pace) / 20
        self._last = now
        self.inside += 1

    def leave(self) -> None:
        self.inside -= 1

    def seconds(self, place: int) -> int:
        """About how long it takes until this place's turn."""
        return max(1, round(place * self._pace))

    def ask_again_after(self, place: int) -> int:
        """Seconds: the nearer the turn, the sooner."""
        return max(_QUICKEST_ASKING, min(_SLOWEST_ASKING, self.seconds(place) // 3))

    def _has_room(self) -> bool:
        return self.inside + len(self._called) < self.at_once

    def _call(self, now: float) -> None:
        """Call the first of those who still ask. Who was called and doesn't come keeps her place, not her room."""
        for person, since in list(self._called.items()):
            if now - since > COMES_WITHIN + _SLOWEST_ASKING:
                del self._called[person]
        while self._waiting and self._has_room():
            person = self._waiting.pop(0)
            if self._asks_by.pop(person) >= now:
                self._called[person] = now

    def _give_up_late(self, now: float) -> None:
        self._waiting = [person for person in self._waiting if self._asks_by[person] >= now]
        self._asks_by = {person: self._asks_by[person] for person in self._waiting}
