"""What must hold for any people, any moves and any deeds."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lms.coverage.engine.figures import Count, Target, Verdict, missing_for, verdict
from lms.coverage.engine.stays import Belonging, Slot, Standing, changes, difference, stays_of
from lms.coverage.engine.subjects import Aim, Deed
from lms.coverage.engine.treemap import squarify

FIRST = date(2024, 1, 1)
days = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
UNITS = {11: "000001000011", 12: "000001000012", 21: "000002000021"}


@st.composite
def belongings(draw: st.DrawFn) -> list[Belonging]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        since = draw(days)
        until = draw(st.none() | days.filter(lambda day, since=since: day > since))
        found.append(Belonging(draw(st.sampled_from(sorted(UNITS))), draw(st.sampled_from("ab")), since, until))
    return found


@st.composite
def trees(draw: st.DrawFn) -> dict[int, list[Standing]]:
    """Each union stands somewhere, may move once, and may not count."""
    tree = {}
    for unit, path in UNITS.items():
        moved = draw(st.none() | days)
        counted = draw(st.booleans())
        tree[unit] = [Standing(path, FIRST, moved, counted)]
        if moved is not None:
            tree[unit].append(Standing(f"000003{unit:06d}", moved, None, counted))
    return tree


deeds = st.lists(st.builds(Deed, st.integers(1, 3), days), max_size=6)
aims = st.builds(Aim, st.just("k"), st.frozensets(st.integers(1, 3), min_size=1), days, days)


def people_on(booked: Counter[Slot], day: date, under: str = "") -> int:
    return sum(n for slot, n in booked.items() if slot.day <= day and slot.path.startswith(under))


@given(belongings(), trees(), deeds, aims, days)
def test_a_person_counts_once_and_never_more_often_than_on_the_roster(
    memberships: list[Belonging], tree: dict[int, list[Standing]], done: list[Deed], aim: Aim, day: date
) -> None:
    stays = stays_of(memberships, tree)
    roster, trained = changes(stays), changes(stays, aim.first_day(done))

    assert people_on(roster, day) in (0, 1)
    assert 0 <= people_on(trained, day) <= people_on(roster, day)


@given(st.lists(st.tuples(belongings(), deeds), max_size=5), trees(), aims, days)
def test_a_parent_is_the_sum_of_its_children(
    world: list[tuple[list[Belonging], list[Deed]]], tree: dict[int, list[Standing]], aim: Aim, day: date
) -> None:
    booked: Counter[Slot] = Counter()
    for memberships, done in world:
        booked.update(changes(stays_of(memberships, tree), aim.first_day(done)))

    parts = sum(people_on(booked, day, under) for under in ("000001", "000002", "000003"))
    assert people_on(booked, day) == parts


@given(belongings(), trees(), st.permutations(range(6)), deeds, aims)
def test_increments_in_any_order_equal_a_rebuild(
    memberships: list[Belonging], tree: dict[int, list[Standing]], order: list[int], done: list[Deed], aim: Aim
) -> None:
    stays = stays_of(memberships, tree)
    known: list[Deed] = []
    booked: Counter[Slot] = Counter()
    for at in order:
        if at < len(done):
            before = changes(stays, aim.first_day(known))
            known.append(done[at])
            booked.update(difference(changes(stays, aim.first_day(known)), before))

    assert difference(booked, Counter()) == difference(changes(stays, aim.first_day(done)), Counter())


@given(belongings(), trees(), deeds, aims)
def test_deeds_repeated_change_nothing(
    memberships: list[Belonging], tree: dict[int, list[Standing]], done: list[Deed], aim: Aim
) -> None:
    stays = stays_of(memberships, tree)
    first = aim.first_day(done)
    later = [Deed(deed.activity_id, first + timedelta(days=3)) for deed in done if first is not None]

    assert aim.first_day([*done, *done, *later]) == first
    assert changes(stays, aim.first_day([*done, *later])) == changes(stays, first)


@given(belongings(), trees(), deeds, aims, days)
def test_the_figure_of_a_day_is_a_count_of_that_day(
    memberships: list[Belonging], tree: dict[int, list[Standing]], done: list[Deed], aim: Aim, day: date
) -> None:
    """The sum of changes up to a day is what one finds by looking at that day alone."""
    stays = stays_of(memberships, tree)
    here = [stay for stay in stays if stay.since <= day < stay.until]
    first = aim.first_day(done)

    assert people_on(changes(stays), day) == len(here)
    assert people_on(changes(stays, first), day) == (len(here) if first is not None and first <= day else 0)


targets = st.builds(Target, st.sampled_from([">=", ">", "<=", "<", "="]), st.integers(0, 100).map(Decimal))


@given(st.integers(1, 500), st.integers(0, 500), targets)
def test_verdict_follows_exact_numbers_and_never_the_rounded_ones(roster: int, trained: int, target: Target) -> None:
    count = Count(roster, min(trained, roster))
    exact = Decimal(100 * count.trained) / count.roster

    met = verdict(count, target) is Verdict.MET
    assert met == {
        ">=": exact >= target.percent, ">": exact > target.percent, "<=": exact <= target.percent,
        "<": exact < target.percent, "=": exact == target.percent,
    }[target.operator]  # fmt: skip
    assert count.percent <= exact
    if target.operator == ">=":
        enough = Count(count.roster, count.trained + missing_for(count, target))
        assert verdict(enough, target) is Verdict.MET


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=40))
def test_tiles_fill_the_map_in_proportion(weights: list[int]) -> None:
    boxes = squarify([float(weight) for weight in weights], 700, 340)

    for weight, box in zip(weights, boxes, strict=True):
        assert abs(box.width * box.height - 700 * 340 * weight / sum(weights)) < 1
        assert box.x >= -1e-6
        assert box.y >= -1e-6
        assert box.x + box.width <= 700.01
        assert box.y + box.height <= 340.01
