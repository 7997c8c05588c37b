"""A contest's rules: one document, read into a frozen value that every part of the machine obeys."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from quizzes.engine.reading import Problem, Reader

COUNTED = ("best", "first", "last")
LAYOUTS = ("one", "all")
COMPARATORS = ("score", "duration", "submitted_at")
UNIT_RANKINGS = ("participants", "share", "average")
NAMES = ("masked", "full", "hidden")
SHOW_SCORE = ("at_submit", "after_round")
REVIEW = ("after_round", "never")
PERSON_CLASSES = ("full_time", "part_time", "member", "worker")
GRACE_SECONDS = 15
MOST_ROUNDS, MOST_PARTS, MOST_QUESTIONS, MOST_MINUTES, MOST_ATTEMPTS = 20, 20, 200, 300, 50


@dataclass(frozen=True)
class RoundRule:
    title: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Part:
    """`count` questions out of those with this topic ("" = any topic) and, if codes are named, only out of them."""

    topic: str
    codes: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Rules:
    rounds: tuple[RoundRule, ...]
    minutes: int
    attempts_per_round: int | None  # None = as many as one likes
    counted: str  # COUNTED: which attempt of a round counts
    layout: str  # LAYOUTS: one question at a time, or all on one page
    blueprint: tuple[Part, ...]
    shuffle_questions: bool
    shuffle_options: bool
    points_right: Decimal
    points_wrong: Decimal  # added for a wrong answer: zero, or below zero for a penalty
    comparators: tuple[str, ...]  # COMPARATORS, the first decides first
    unit_ranking: str  # UNIT_RANKINGS
    unit_min_people: int  # units with fewer people on the roster stand outside the ranking by share or average
    names: str  # NAMES: how entrants appear on boards
    show_score: str  # SHOW_SCORE
    review: str  # REVIEW: when right answers and explanations are shown
    eligible: tuple[str, ...]  # PERSON_CLASSES
    grace_seconds: int = GRACE_SECONDS  # for the network, after an attempt's deadline

    @property
    def questions(self) -> int:
        """How many questions a paper has."""
        return sum(part.count for part in self.blueprint)

    @property
    def closes_at(self) -> datetime:
        """When the last round closes."""
        return max(one.closes_at for one in self.rounds)

    @property
    def best_possible(self) -> Decimal:
        return self.questions * self.points_right


class RulesError(ValueError):
    """The document isn't a set of rules. `problems` names every fault with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.code}" for problem in problems))
        self.problems = problems


def parse(document: Mapping[str, Any]) -> Rules:
    """The rules that `document` states; RulesError with all its problems if it doesn't state any.

    A contest's document is read on nearly every page: what it said is remembered.
    """
    if not isinstance(document, Mapping):
        raise RulesError([Problem("", "not_a_mapping")])
    try:
        return _remembered(json.dumps(document))
    except (TypeError, ValueError):  # no plain document: its problems are named below
        return _read(document)


@lru_cache(maxsize=200)
def _remembered(text: str) -> Rules:
    return _read(json.loads(text))


def _read(document: Mapping[str, Any]) -> Rules:
    problems: list[Problem] = []
    reader = Reader(document, problems)
    reader.only(Rules.__dataclass_fields__)
    rules = Rules(
        rounds=_rounds(reader),
        minutes=reader.integer("minutes", 1, MOST_MINUTES),
        attempts_per_round=reader.maybe_integer("attempts_per_round", 1, MOST_ATTEMPTS),
        counted=reader.choice("counted", COUNTED),
        layout=reader.choice("layout", LAYOUTS),
        blueprint=_blueprint(reader),
        shuffle_questions=reader.flag("shuffle_questions"),
        shuffle_options=reader.flag("shuffle_options"),
        points_right=reader.decimal("points_right", Decimal("0.01"), Decimal(100)),
        points_wrong=reader.decimal("points_wrong", Decimal(-100), Decimal(0)),
        comparators=reader.choices("comparators", COMPARATORS),
        unit_ranking=reader.choice("unit_ranking", UNIT_RANKINGS),
        unit_min_people=reader.integer("unit_min_people", 0, 100_000),
        names=reader.choice("names", NAMES),
        show_score=reader.choice("show_score", SHOW_SCORE),
        review=reader.choice("review", REVIEW),
        eligible=reader.choices("eligible", PERSON_CLASSES),
        grace_seconds=reader.integer("grace_seconds", 0, 300) if "grace_seconds" in document else GRACE_SECONDS,
    )
    _check_together(rules, reader)
    if problems:
        raise RulesError(problems)
    return rules


def to_document(rules: Rules) -> dict[str, Any]:
    """`rules` as plain JSON values; `parse` reads it back to an equal value."""
    document: dict[str, Any] = {name: _plain(getattr(rules, name)) for name in Rules.__dataclass_fields__}
    document["rounds"] = [
        {"title": one.title, "opens_at": one.opens_at.isoformat(), "closes_at": one.closes_at.isoformat()}
        for one in rules.rounds
    ]
    document["blueprint"] = [
        {"topic": part.topic, "codes": list(part.codes), "count": part.count} for part in rules.blueprint
    ]
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    return list(value) if isinstance(value, tuple) else value


def _rounds(reader: Reader) -> tuple[RoundRule, ...]:
    rounds: list[RoundRule] = []
    for one in reader.items("rounds", MOST_ROUNDS):
        one.only(RoundRule.__dataclass_fields__)
        title, opens, closes = one.text("title", 120), one.moment("opens_at"), one.moment("closes_at")
        if opens is None or closes is None:
            continue
        if closes <= opens:
            one.note("closes_at", "closes_before_it_opens")
        elif rounds and opens < rounds[-1].closes_at:
            one.note("opens_at", "rounds_overlap", before=rounds[-1].title)
        rounds.append(RoundRule(title, opens, closes))
    return tuple(rounds)


def _blueprint(reader: Reader) -> tuple[Part, ...]:
    parts: list[Part] = []
    for one in reader.items("blueprint", MOST_PARTS):
        one.only(Part.__dataclass_fields__)
        part = Part(
            topic=one.text("topic", 200, may_be_empty=True),
            codes=one.words("codes", 40),
            count=one.integer("count", 1, MOST_QUESTIONS),
        )
        if part.codes and part.count > len(part.codes):
            one.note("count", "fewer_codes_than_questions", codes=len(part.codes))
        parts.append(part)
    return tuple(parts)


def _check_together(rules: Rules, reader: Reader) -> None:
    """What no field can know by itself."""
    for number, one in enumerate(rules.rounds):
        if one.opens_at < one.closes_at < one.opens_at + timedelta(minutes=rules.minutes):
            reader.note(f"rounds.{number}.closes_at", "round_shorter_than_paper", minutes=rules.minutes)
    if rules.questions > MOST_QUESTIONS:
        reader.note("blueprint", "too_many_questions", most=MOST_QUESTIONS)
    if rules.comparators[0] != "score":
        reader.note("comparators", "score_first")
    if abs(rules.points_wrong) > rules.points_right:
        reader.note("points_wrong", "penalty_above_points")
