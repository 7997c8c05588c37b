"""The rules document: read back equal, every fault named with its place."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine import rules as engine
from quizzes.engine.presets import PRESETS, rules_of
from quizzes.engine.rules import Part, RoundRule, Rules, RulesError, parse, to_document

SAIGON = timezone(timedelta(hours=7))
MONDAY = datetime(2025, 5, 5, tzinfo=SAIGON)


def document() -> dict[str, Any]:
    return to_document(rules_of(PRESETS[0], first_day=MONDAY, topic="Luật"))


def problems(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(RulesError) as caught:
        parse(document)
    return [(problem.where, problem.code) for problem in caught.value.problems]


def faults(document: Any) -> list[str]:
    try:
        parse(document)
    except RulesError as error:
        return [problem.where for problem in error.problems]
    return []


texts = st.text(min_size=1, max_size=40).filter(str.strip)
two_places = st.integers(1, 10_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def any_rules(draw: st.DrawFn) -> Rules:
    minutes = draw(st.integers(1, engine.MOST_MINUTES))
    moment, rounds = MONDAY, []
    for title in draw(st.lists(texts, min_size=1, max_size=4)):
        opens = moment + timedelta(minutes=draw(st.integers(0, 5000)))
        moment = opens + timedelta(minutes=minutes + draw(st.integers(0, 5000)))
        rounds.append(RoundRule(title, opens, moment))
    parts = []
    for topic in draw(st.lists(st.text(max_size=20), min_size=1, max_size=4)):
        codes = tuple(draw(st.lists(texts, unique=True, max_size=5)))
        parts.append(Part(topic, codes, draw(st.integers(1, len(codes) or 40))))
    points = draw(two_places)
    return Rules(
        rounds=tuple(rounds),
        minutes=minutes,
        attempts_per_round=draw(st.none() | st.integers(1, engine.MOST_ATTEMPTS)),
        counted=draw(st.sampled_from(engine.COUNTED)),
        layout=draw(st.sampled_from(engine.LAYOUTS)),
        blueprint=tuple(parts),
        shuffle_questions=draw(st.booleans()),
        shuffle_options=draw(st.booleans()),
        points_right=points,
        points_wrong=-draw(st.sampled_from([Decimal(0), points])),
        comparators=("score", *draw(st.permutations(["duration", "submitted_at"]))),
        unit_ranking=draw(st.sampled_from(engine.UNIT_RANKINGS)),
        unit_min_people=draw(st.integers(0, 500)),
        names=draw(st.sampled_from(engine.NAMES)),
        show_score=draw(st.sampled_from(engine.SHOW_SCORE)),
        review=draw(st.sampled_from(engine.REVIEW)),
        eligible=tuple(draw(st.lists(st.sampled_from(engine.PERSON_CLASSES), unique=True, min_size=1))),
        grace_seconds=draw(st.integers(0, 300)),
    )


@given(any_rules())
def test_rules_survive_their_document(rules: Rules) -> None:
    assert parse(to_document(rules)) == rules


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(Rules.__dataclass_fields__)), json_values)
def test_parse_answers_any_value_with_rules_or_a_located_problem(name: str, value: Any) -> None:
    assert {where.split(".")[0] for where in faults(document() | {name: value})} <= {name, "rounds", "points_wrong"}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_presets_are_rules(preset: Any) -> None:
    rules = rules_of(preset, first_day=MONDAY)
    assert parse(to_document(rules)) == rules
    assert (rules.questions, len(rules.rounds)) == (preset.questions, preset.rounds)


def test_parse_names_every_missing_field() -> None:
    optional = {"grace_seconds"}
    expected = {(name, "missing") for name in Rules.__dataclass_fields__ if name not in optional}
    assert set(problems({})) >= expected


def test_parse_refuses_what_is_no_mapping() -> None:
    assert problems([]) == [("", "not_a_mapping")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"minutes": 0}, [("minutes", "out_of_range")]),
        ({"minutes": "15"}, [("minutes", "not_whole")]),
        ({"minutes": True}, [("minutes", "not_whole")]),
        ({"attempts_per_round": 0}, [("attempts_per_round", "out_of_range")]),
        ({"counted": "worst"}, [("counted", "no_choice")]),
        ({"points_right": 1.5}, [("points_right", "not_a_number")]),
        ({"points_right": "NaN"}, [("points_right", "not_a_number")]),
        ({"points_right": "0.001"}, [("points_right", "out_of_range")]),
        ({"points_right": "1.005"}, [("points_right", "too_fine")]),
        ({"points_wrong": "-2"}, [("points_wrong", "penalty_above_points")]),
        ({"comparators": ["duration", "score"]}, [("comparators", "score_first")]),
        ({"comparators": ["score", "score"]}, [("comparators", "doubled")]),
        ({"eligible": []}, [("eligible", "empty")]),
        ({"blueprint": []}, [("blueprint", "empty")]),
        (
            {"blueprint": [{"topic": "", "codes": ["a"], "count": 2}]},
            [("blueprint.0.count", "fewer_codes_than_questions")],
        ),
        ({"blueprint": ["Luật"]}, [("blueprint.0", "not_a_mapping")]),
        ({"shuffle_options": 1}, [("shuffle_options", "not_yes_or_no")]),
        ({"colour": "red"}, [("colour", "unknown")]),
    ],
)
def test_parse_names_the_fault(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert problems(document() | change) == expected


def test_parse_refuses_rounds_that_overlap_or_end_before_they_begin() -> None:
    broken = document()
    broken["rounds"][1]["opens_at"] = broken["rounds"][0]["opens_at"]
    broken["rounds"][2]["closes_at"] = broken["rounds"][2]["opens_at"]
    assert problems(broken) == [
        ("rounds.1.opens_at", "rounds_overlap"),
        ("rounds.2.closes_at", "closes_before_it_opens"),
    ]


def test_parse_refuses_a_moment_without_its_zone() -> None:
    broken = document()
    broken["rounds"][0]["opens_at"] = "2025-05-05T07:00"
    assert problems(broken) == [("rounds.0.opens_at", "not_a_moment")]


def test_parse_refuses_a_round_shorter_than_the_paper() -> None:
    broken = document() | {"minutes": 300}
    broken["rounds"] = [{"title": "Tối", "opens_at": "2025-05-05T19:00+07:00", "closes_at": "2025-05-05T20:00+07:00"}]
    assert problems(broken) == [("rounds.0.closes_at", "round_shorter_than_paper")]
