"""Three rule sets that real contests used, as beginnings for the organiser's form."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from quizzes.engine.rules import PERSON_CLASSES, Part, RoundRule, Rules


@dataclass(frozen=True)
class Preset:
    """`key` names it in addresses and in the translated list of the form."""

    key: str
    rounds: int
    days: int
    questions: int
    minutes: int
    attempts_per_round: int | None
    unit_ranking: str
    unit_min_people: int = 0


PRESETS = (
    # TLĐ, plan 60/KH-TLĐ of 2024: three weeks, 20 questions, 15 minutes, two attempts a week, the best counts.
    Preset(
        "confederation", rounds=3, days=7, questions=20, minutes=15, attempts_per_round=2, unit_ranking="participants"
    ),
    # Lào Cai 2024: three weeks, as many attempts as one likes; units compete by share of their people.
    Preset(
        "weekly",
        rounds=3,
        days=7,
        questions=19,
        minutes=20,
        attempts_per_round=None,
        unit_ranking="share",
        unit_min_people=10,
    ),
    # A single evening or a single week in one union: one attempt, 15 questions.
    Preset(
        "single",
        rounds=1,
        days=7,
        questions=15,
        minutes=15,
        attempts_per_round=1,
        unit_ranking="share",
        unit_min_people=5,
    ),
)


def preset(key: str) -> Preset:
    """The preset named `key`; the first one for any other text."""
    return next((one for one in PRESETS if one.key == key), PRESETS[0])


def rules_of(
    chosen: Preset, *, first_day: datetime, topic: str = "", round_title: str = "{number}", bank: int = 0
) -> Rules:
    """Full rules over a preset, its rounds one after the other from `first_day` (a midnight): 07:00 to 21:00.

    `round_title` is a pattern with {number}. A paper has no more questions than the `bank`, unless that is empty yet.
    """
    questions = min(chosen.questions, bank) if bank else chosen.questions
    rounds = []
    for number in range(chosen.rounds):
        day = first_day + timedelta(days=number * chosen.days)
        opens = day + timedelta(hours=7)
        closes = day + timedelta(days=chosen.days - 1, hours=21)
        rounds.append(RoundRule(round_title.format(number=number + 1), opens, closes))
    return Rules(
        rounds=tuple(rounds),
        minutes=chosen.minutes,
        attempts_per_round=chosen.attempts_per_round,
        counted="best",
        layout="one",
        blueprint=(Part(topic, (), questions),),
        shuffle_questions=True,
        shuffle_options=True,
        points_right=Decimal(1),
        points_wrong=Decimal(0),
        comparators=("score", "duration", "submitted_at"),
        unit_ranking=chosen.unit_ranking,
        unit_min_people=chosen.unit_min_people,
        names="masked",
        # With many attempts a score at once would tell the key answer by answer.
        show_score="at_submit" if chosen.attempts_per_round else "after_round",
        review="after_round",
        eligible=PERSON_CLASSES,
    )
