"""Which question of the bank serves which part of a blueprint. A version serves one part only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.engine.rules import Part


@dataclass(frozen=True)
class BankItem:
    """An approved question: its published version, topic and code."""

    version: int
    topic: str
    code: str


@dataclass(frozen=True)
class Shortage:
    part: int
    want: int
    have: int


def serves(item: BankItem, part: Part) -> bool:
    return (not part.topic or item.topic == part.topic) and (not part.codes or item.code in part.codes)


def assign(items: Iterable[BankItem], blueprint: Sequence[Part]) -> tuple[dict[int, int], list[Shortage]]:
    """Every usable version with its part, and the parts that lack questions.

    First each part gets as many as it needs, if any sharing out makes that possible; what is left over goes to the
    narrowest part that it serves, so that papers differ as much as they can.
    """
    known = sorted(items, key=lambda item: item.version)
    fitting = {item.version: [n for n, part in enumerate(blueprint) if serves(item, part)] for item in known}
    holders: dict[int, int] = {}
    for number in sorted(range(len(blueprint)), key=lambda n: _breadth(blueprint[n])):
        for _ in range(blueprint[number].count):
            if not _give(number, fitting, holders, set()):
                break
    held = [list(holders.values()).count(number) for number in range(len(blueprint))]
    for version, parts in fitting.items():
        if version not in holders and parts:
            holders[version] = min(parts, key=lambda n: _breadth(blueprint[n]))
    shortages = [
        Shortage(number, part.count, held[number]) for number, part in enumerate(blueprint) if held[number] < part.count
    ]
    return holders, shortages


def _breadth(part: Part) -> tuple[bool, bool]:
    return (not part.codes, not part.topic)


def _give(number: int, fitting: dict[int, list[int]], holders: dict[int, int], tried: set[int]) -> bool:
    """Find one more version for part `number`, moving others to further parts if need be (augmenting path)."""
    for version, parts in fitting.items():
        if number not in parts or version in tried:
            continue
        tried.add(version)
        holder = holders.get(version)
        if holder == number:
            continue
        if holder is None or _give(holder, fitting, holders, tried):
            holders[version] = number
            return True
    return False
