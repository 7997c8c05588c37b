"""Attempts in bulk, drawn and scored by the same engines as real ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from lms.learning.models import Activity, Completion
from quizzes.engine import clock, paper, scoring
from quizzes.engine.rules import Rules
from quizzes.models import Answer, Attempt, PoolEntry, Round

BATCH = 1000


@dataclass(frozen=True)
class Entrant:
    member_id: int
    unit_id: int
    unit_path: str
    person_class: str


@dataclass(frozen=True)
class Pool:
    candidates: list[paper.Candidate]
    keys: dict[int, scoring.Key]


def load_attempts(round: Round, rules: Rules, entrants: Sequence[Entrant], *, until: datetime) -> None:
    """One handed-in attempt of each entrant between the round's opening and `until`, with the ledger's completion."""
    pool = _pool(round)
    random = Random(round.number * 1000 + len(entrants))  # noqa: S311  # demo data
    span = (until - round.opens_at) / timedelta(seconds=1) - rules.minutes * 60
    activity = Activity.objects.get(key=f"contest:{round.contest_id}")
    for at in range(0, len(entrants), BATCH):
        some = entrants[at : at + BATCH]
        drafts = [_attempt(round, rules, pool, one, random, span) for one in some]
        Attempt.objects.bulk_create(attempt for attempt, _ in drafts)
        answers = [answer for attempt, given in drafts for answer in _rows(attempt, given)]
        Answer.objects.bulk_create(answers, batch_size=5000)
        Completion.objects.bulk_create(_completion(activity, attempt) for attempt, _ in drafts)


def _pool(round: Round) -> Pool:
    entries = PoolEntry.objects.filter(contest_id=round.contest_id).select_related("version")
    candidates, keys = [], {}
    for entry in entries:
        version = entry.version
        options = tuple(paper.Option(one["id"], bool(one.get("pinned"))) for one in version.options)
        candidates.append(paper.Candidate(version.pk, entry.part, options))
        ids = frozenset(option.id for option in options)
        keys[version.pk] = scoring.Key(version.kind, ids, frozenset(version.key))
    return Pool(candidates, keys)


def _attempt(
    round: Round, rules: Rules, pool: Pool, entrant: Entrant, random: Random, span: float
) -> tuple[Attempt, list[Answer]]:
    started = round.opens_at + timedelta(seconds=random.random() * span)
    took = timedelta(milliseconds=random.randint(95_000, rules.minutes * 60_000 - 1000))
    drawn = paper.draw(pool.candidates, rules, random.getrandbits(32))
    ability = random.betavariate(6, 2)
    answers = [_answer(place, one, pool, rules, ability, random) for place, one in enumerate(drawn)]
    for answer in answers:
        answer.arrived_at = started + took * ((answer.place + 1) / len(answers)) - timedelta(milliseconds=500)
    deadline = clock.deadline(started, rules.minutes, round.closes_at)
    attempt = Attempt(
        round=round,
        member_id=entrant.member_id,
        number=1,
        unit_id=entrant.unit_id,
        unit_path=entrant.unit_path,
        person_class=entrant.person_class,
        paper=[{"version": one.version, "options": list(one.options)} for one in drawn],
        started_at=started,
        deadline_at=deadline,
        submitted_at=started + took,
        closed_by="member",
        score=sum(answer.points for answer in answers),
        duration_ms=clock.duration_ms(started, started + took, deadline),
        answered=len(answers),
    )
    return attempt, answers


def _answer(place: int, one: paper.Drawn, pool: Pool, rules: Rules, ability: float, random: Random) -> Answer:
    key = pool.keys[one.version]
    wrong = sorted(key.options - key.right)
    given = sorted(key.right) if random.random() < ability or not wrong else [random.choice(wrong)]
    worth = scoring.points(key, given, right=rules.points_right, wrong=rules.points_wrong)
    return Answer(place=place, given=given, seq=place + 1, points=worth)


def _rows(attempt: Attempt, answers: list[Answer]) -> list[Answer]:
    for answer in answers:
        answer.attempt = attempt
    return answers


def _completion(activity: Activity, attempt: Attempt) -> Completion:
    assert attempt.submitted_at is not None
    return Completion(
        member_id=attempt.member_id,
        activity=activity,
        unit_id=attempt.unit_id,
        unit_path=attempt.unit_path,
        person_class=attempt.person_class,
        completed_at=attempt.submitted_at,
        completed_on=timezone.localdate(attempt.submitted_at),
    )
