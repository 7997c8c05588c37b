"""Drawing an attempt's paper: which questions, in which order, with the options in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from quizzes.engine.rules import Rules


@dataclass(frozen=True)
class Option:
    id: str
    pinned: bool = False  # keeps its place when options are shuffled ("Tất cả các đáp án trên")


@dataclass(frozen=True)
class Candidate:
    """A question version that a paper may hold, and the part of the blueprint that draws it."""

    version: int
    part: int
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Drawn:
    """One place of a paper: a question version with its options in the order in which they are shown."""

    version: int
    options: tuple[str, ...]


class PoolTooSmall(ValueError):
    """A part of the blueprint asks for more questions than the pool holds."""


def draw(pool: Iterable[Candidate], rules: Rules, seed: int) -> tuple[Drawn, ...]:
    """The paper that `rules` prescribe, out of `pool`. The same arguments give the same paper for ever.

    The order in which `pool` arrives doesn't matter; versions are numbers, and the lower stands first.
    """
    random = Random(seed)  # noqa: S311  # not a secret: the same seed must give the same paper
    ordered = sorted(pool, key=lambda candidate: candidate.version)
    chosen: list[Candidate] = []
    for number, part in enumerate(rules.blueprint):
        chosen += _some([one for one in ordered if one.part == number], part.count, random)
    if rules.shuffle_questions:
        random.shuffle(chosen)
    return tuple(Drawn(one.version, _order(one.options, random, shuffle=rules.shuffle_options)) for one in chosen)


def _some(candidates: Sequence[Candidate], count: int, random: Random) -> list[Candidate]:
    if len(candidates) < count:
        raise PoolTooSmall(f"{count} questions wanted, {len(candidates)} there")
    places = sorted(random.sample(range(len(candidates)), count))
    return [candidates[place] for place in places]


def _order(options: Sequence[Option], random: Random, *, shuffle: bool) -> tuple[str, ...]:
    """Ids in the order shown: what is pinned stays where it is, the others change places among themselves."""
    if not shuffle:
        return tuple(option.id for option in options)
    loose = [option.id for option in options if not option.pinned]
    random.shuffle(loose)
    rest = iter(loose)
    return tuple(option.id if option.pinned else next(rest) for option in options)
