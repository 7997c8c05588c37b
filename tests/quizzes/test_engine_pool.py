"""Sharing the bank out among the parts of a blueprint."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.pool import BankItem, Shortage, assign, serves
from quizzes.engine.rules import Part


def items(*topics: str) -> list[BankItem]:
    return [BankItem(number, topic, f"Q{number}") for number, topic in enumerate(topics, start=1)]


def test_a_broad_part_does_not_starve_a_narrow_one() -> None:
    holders, shortages = assign(items("A", "A", "B"), [Part("", (), 1), Part("A", (), 2)])
    assert (holders, shortages) == ({1: 1, 2: 1, 3: 0}, [])


def test_a_narrow_part_lends_what_it_does_not_need() -> None:
    holders, shortages = assign(items("A", "A", "A"), [Part("A", (), 1), Part("", (), 2)])
    assert (sorted(holders.values()), shortages) == ([0, 1, 1], [])


def test_what_lacks_is_named() -> None:
    assert assign(items("A"), [Part("A", (), 3), Part("B", (), 1)])[1] == [Shortage(0, 3, 1), Shortage(1, 1, 0)]


def test_codes_narrow_a_part() -> None:
    holders, _ = assign(items("A", "A", "A"), [Part("", ("Q2", "Q3"), 1)])
    assert holders == {2: 0, 3: 0}


parts = st.builds(Part, st.sampled_from(["", "A", "B"]), st.sampled_from([(), ("Q1", "Q3")]), st.integers(1, 2))


@given(st.lists(st.sampled_from("ABC"), max_size=5), st.lists(parts, min_size=1, max_size=3))
def test_everybody_is_served_whenever_that_is_possible(topics: list[str], blueprint: list[Part]) -> None:
    known = items(*topics)
    holders, shortages = assign(known, blueprint)
    assert all(serves(item, blueprint[holders[item.version]]) for item in known if item.version in holders)
    wanted = [number for number, part in enumerate(blueprint) for _ in range(part.count)]
    possible = len(wanted) <= len(known) and any(
        all(serves(item, blueprint[number]) for item, number in zip(chosen, wanted, strict=True))
        for chosen in permutations(known, len(wanted))
    )
    assert (shortages == []) == possible
    if not shortages:
        held = list(holders.values())
        assert all(held.count(number) >= part.count for number, part in enumerate(blueprint))
