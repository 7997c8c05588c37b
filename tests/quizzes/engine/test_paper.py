from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.paper import Candidate, Option, PoolTooSmall, draw
from quizzes.engine.rules import Part, Rules, parse
from tests.quizzes.makers import rules_document

RULES = parse(rules_document())


@st.composite
def pools_with_rules(pick: st.DrawFn) -> tuple[list[Candidate], Rules]:
    sizes = pick(st.lists(st.integers(1, 8), min_size=1, max_size=4))
    pool: list[Candidate] = []
    for part, size in enumerate(sizes):
        for _ in range(size):
            pins = pick(st.lists(st.booleans(), min_size=2, max_size=6))
            options = tuple(Option("abcdef"[place], pinned) for place, pinned in enumerate(pins))
            pool.append(Candidate(len(pool) + 1, part, options))
    blueprint = tuple(Part("", (), pick(st.integers(1, size))) for size in sizes)
    rules = replace(
        RULES,
        blueprint=blueprint,
        shuffle_questions=pick(st.booleans()),
        shuffle_options=pick(st.booleans()),
    )
    return pool, rules


@given(pools_with_rules(), st.integers(0, 2**63 - 1))
def test_paper_holds_what_the_blueprint_asks_for(case: tuple[list[Candidate], Rules], seed: int) -> None:
    pool, rules = case
    by_version = {one.version: one for one in pool}
    paper = draw(pool, rules, seed)
    parts = [by_version[place.version].part for place in paper]
    assert len({place.version for place in paper}) == len(paper)
    assert [parts.count(number) for number in range(len(rules.blueprint))] == [one.count for one in rules.blueprint]
    if not rules.shuffle_questions:
        assert parts == sorted(parts)


@given(pools_with_rules(), st.integers(0, 2**63 - 1), st.randoms(use_true_random=False))
def test_same_seed_gives_the_same_paper_in_whatever_order_the_pool_comes(
    case: tuple[list[Candidate], Rules], seed: int, order: object
) -> None:
    pool, rules = case
    mixed = list(pool)
    order.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert draw(mixed, rules, seed) == draw(pool, rules, seed)


@given(pools_with_rules(), st.integers(0, 2**63 - 1))
def test_every_option_is_shown_once_and_pinned_ones_keep_their_place(
    case: tuple[list[Candidate], Rules], seed: int
) -> None:
    pool, rules = case
    by_version = {one.version: one for one in pool}
    for place in draw(pool, rules, seed):
        options = by_version[place.version].options
        assert sorted(place.options) == [option.id for option in options]
        for shown, option in zip(place.options, options, strict=True):
            assert shown == option.id or not option.pinned
        if not rules.shuffle_options:
            assert list(place.options) == [option.id for option in options]


def test_seeds_give_different_papers() -> None:
    pool = [Candidate(number, 0, (Option("a"), Option("b"))) for number in range(1, 21)]
    rules = replace(RULES, blueprint=(Part("", (), 10),), shuffle_questions=True)
    assert len({draw(pool, rules, seed) for seed in range(50)}) == 50


def test_a_pool_too_small_is_refused() -> None:
    rules = replace(RULES, blueprint=(Part("", (), 2),))
    with pytest.raises(PoolTooSmall, match="2 questions wanted, 1 there"):
        draw([Candidate(1, 0, (Option("a"), Option("b")))], rules, 1)
