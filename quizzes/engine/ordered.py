"""Whole numbers in order, in buckets: to put one in, take one out or count what is smaller stays cheap at 100,000."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice

FULL = 1000  # a bucket is halved above twice this


class Ordered:
    """Different whole numbers, smallest first."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        in_order = sorted(numbers)
        self._buckets = [in_order[start : start + FULL] for start in range(0, len(in_order), FULL)] or [[]]
        self._last = [bucket[-1] for bucket in self._buckets if bucket]  # the largest of each bucket
        self._before: list[int] = []  # how many stand before each bucket; empty when it must be counted anew

    def __len__(self) -> int:
        return sum(map(len, self._buckets))

    def __iter__(self) -> Iterator[int]:
        return (number for bucket in self._buckets for number in bucket)

    def first(self, count: int) -> list[int]:
        return list(islice(self, count))

    def add(self, number: int) -> None:
        """Put in a number that isn't here."""
        self._before = []
        place = bisect_left(self._last, number)
        if place == len(self._last):  # larger than all: it becomes the last of the last bucket
            place = max(place - 1, 0)
            self._last[place:] = [number]
        bucket = self._buckets[place]
        insort(bucket, number)
        if len(bucket) > 2 * FULL:
            half = len(bucket) // 2
            self._buckets[place : place + 1] = [bucket[:half], bucket[half:]]
            self._last[place : place + 1] = [bucket[half - 1], bucket[-1]]

    def remove(self, number: int) -> None:
        """Take out a number that is here."""
        self._before = []
        place = bisect_left(self._last, number)
        bucket = self._buckets[place]
        del bucket[bisect_left(bucket, number)]
        if bucket:
            self._last[place] = bucket[-1]
        else:
            del self._last[place]
            if len(self._buckets) > 1:
                del self._buckets[place]

    def smaller_than(self, number: int) -> int:
        """How many stand before `number`, whether it is here or not."""
        before = self._before or self._count()
        place = bisect_left(self._last, number)
        return before[place] + (bisect_left(self._buckets[place], number) if place < len(self._last) else 0)

    def _count(self) -> list[int]:
        self._before = counted = list(accumulate(map(len, self._buckets), initial=0))
        return counted
