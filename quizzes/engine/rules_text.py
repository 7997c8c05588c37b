"""What the rules say, section by section, as codes and values; `quizzes.forms.rules_words` makes sentences of them.

The order follows the usual thể lệ. Whatever the machine does stands here, and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from quizzes.engine.rules import Rules


@dataclass(frozen=True)
class Line:
    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    code: str
    lines: tuple[Line, ...]


def sections(rules: Rules) -> tuple[Section, ...]:
    """The whole text; every field of the rules is stated in some line."""
    return (
        Section("entrants", tuple(_entrants(rules))),
        Section("content", tuple(_content(rules))),
        Section("time", tuple(_time(rules))),
        Section("form", tuple(_form(rules))),
        Section("saving", tuple(_saving(rules))),
        Section("points", tuple(_points(rules))),
        Section("ranking", tuple(_ranking(rules))),
        Section("units", tuple(_units(rules))),
        Section("results", tuple(_results(rules))),
        Section("reports", (Line("report_incident"), Line("staff_traced"))),
        Section("privacy", tuple(_privacy(rules))),
    )


def _entrants(rules: Rules) -> Iterator[Line]:
    yield Line("eligible", {"classes": rules.eligible})
    yield Line("one_account")
    yield Line("organiser_excluded")


def _content(rules: Rules) -> Iterator[Line]:
    for part in rules.blueprint:
        if part.codes:
            yield Line("part_codes", {"count": part.count, "codes": len(part.codes)})
        elif part.topic:
            yield Line("part_topic", {"count": part.count, "topic": part.topic})
        else:
            yield Line("part_any", {"count": part.count})
    yield Line("drawn_by_server")


def _time(rules: Rules) -> Iterator[Line]:
    for one in rules.rounds:
        yield Line("round", {"title": one.title, "opens_at": one.opens_at, "closes_at": one.closes_at})
    yield Line("ends_with_round")


def _form(rules: Rules) -> Iterator[Line]:
    yield Line("paper", {"questions": rules.questions, "minutes": rules.minutes})
    if rules.attempts_per_round is None:
        yield Line("attempts_free")
    else:
        yield Line("attempts", {"count": rules.attempts_per_round})
    yield Line(f"layout_{rules.layout}")
    shuffled = [name for name in ("questions", "options") if getattr(rules, f"shuffle_{name}")]
    yield Line("shuffled_" + ("_".join(shuffled) or "nothing"))


def _saving(rules: Rules) -> Iterator[Line]:
    yield Line("saved_at_once")
    yield Line("server_clock", {"seconds": rules.grace_seconds})
    yield Line("closed_by_server")
    yield Line("outage_given_back")


def _points(rules: Rules) -> Iterator[Line]:
    yield Line("points_right", {"points": rules.points_right})
    if rules.points_wrong:
        yield Line("points_wrong", {"points": -rules.points_wrong})
    else:
        yield Line("no_penalty")
    yield Line("all_or_nothing")
    yield Line("best_possible", {"points": rules.best_possible})
    if rules.attempts_per_round != 1:
        yield Line(f"counted_{rules.counted}")


def _ranking(rules: Rules) -> Iterator[Line]:
    for name in rules.comparators:
        yield Line(f"by_{name}")
    yield Line("ties_share")
    if len(rules.rounds) > 1:
        yield Line("rounds_added")


def _units(rules: Rules) -> Iterator[Line]:
    yield Line(f"units_by_{rules.unit_ranking}")
    if rules.unit_ranking != "participants" and rules.unit_min_people > 1:
        yield Line(f"units_from_{rules.unit_ranking}", {"people": rules.unit_min_people})
    yield Line("unit_of_start")


def _results(rules: Rules) -> Iterator[Line]:
    yield Line(f"score_{rules.show_score}")
    after_last = rules.review == "after_round" and len(rules.rounds) > 1
    yield Line("review_after_last_round" if after_last else f"review_{rules.review}")
    yield Line("provisional")


def _privacy(rules: Rules) -> Iterator[Line]:
    yield Line(f"names_{rules.names}")
    yield Line("no_contact_data")
