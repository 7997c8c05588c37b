"""Makers of questions and contests for tests; times are around NOON of 7 May 2025."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from lms.people.models import Member, UnitVersion
from quizzes.engine.presets import PRESETS, rules_of
from quizzes.engine.rules import parse, to_document
from quizzes.models import (
    Attempt,
    Contest,
    ContestState,
    PoolEntry,
    Question,
    QuestionKind,
    QuestionState,
    QuestionVersion,
    Round,
)

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2025, 5, 7, 12, tzinfo=SAIGON)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_numbers = count(1)


def make_question(
    stem: str = "",
    *,
    topic: str = "Luật Công đoàn",
    state: str = QuestionState.APPROVED,
    kind: str = QuestionKind.SINGLE,
    key: tuple[str, ...] = ("a",),
    code: str = "",
) -> QuestionVersion:
    """An approved question with options a–d; option texts and the explanation carry marks that a test can look for."""
    number = next(_numbers)
    question = Question.objects.create(code=code or f"T{number:04d}", topic=topic, state=state, created_at=NOON)
    return QuestionVersion.objects.create(
        question=question,
        number=1,
        kind=kind,
        stem=stem or f"Câu hỏi số {number}?",
        options=[{"id": one, "text": f"Phương án {one} của {number}", "pinned": False} for one in "abcd"],
        key=list(key),
        explanation=f"Giải thích {number}",
        source=f"Nguồn {number}",
        published_at=NOON - DAY if state == QuestionState.APPROVED else None,
    )


def rules_document(*, questions: int = 2, **changes: Any) -> dict[str, Any]:
    """One round from NOON − 1 day to NOON + 1 day, `questions` questions of any topic, 15 minutes, two attempts."""
    preset = PRESETS[2]
    document = to_document(rules_of(preset, first_day=NOON.replace(hour=0)))
    document["rounds"] = [round_document(NOON - DAY, NOON + DAY)]
    document["blueprint"] = [{"topic": "", "codes": [], "count": questions}]
    return document | {"attempts_per_round": 2} | changes


def round_document(opens_at: datetime, closes_at: datetime, title: str = "Tuần 1") -> dict[str, str]:
    return {"title": title, "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}


def make_contest(
    owner: UnitVersion,
    *,
    organiser: Member | None = None,
    title: str = "Tìm hiểu Luật Công đoàn",
    state: str = ContestState.PUBLISHED,
    versions: list[QuestionVersion] | None = None,
    **changes: Any,
) -> Contest:
    """A contest with its rounds and pool, as publishing leaves it (a draft has neither)."""
    number = next(_numbers)
    document = rules_document(**changes)
    contest = Contest.objects.create(
        slug=f"cuoc-thi-{number}",
        title=title,
        owner=owner.unit,
        organiser=organiser,
        state=state,
        rules=document,
        created_at=NOON - 2 * DAY,
        published_at=None if state == ContestState.DRAFT else NOON - 2 * DAY,
    )
    if state != ContestState.DRAFT:
        rules = parse(document)
        for place, one in enumerate(rules.rounds, start=1):
            Round.objects.create(
                contest=contest, number=place, title=one.title, opens_at=one.opens_at, closes_at=one.closes_at
            )
        pooled = versions if versions is not None else [make_question() for _ in range(rules.questions)]
        for version in pooled:
            PoolEntry.objects.create(contest=contest, version=version)
    return contest


def make_attempt(contest: Contest, member: Member, *, number: int = 1, score: int = 0, **changes: Any) -> Attempt:
    """A submitted attempt of the first round over the whole pool; `submitted_at=None` leaves it open."""
    paper = [
        {"version": entry.version_id, "options": [option["id"] for option in entry.version.options]}
        for entry in contest.pool.select_related("version").order_by("pk")
    ]
    fields: dict[str, Any] = {
        "unit_path": "",
        "person_class": "member",
        "paper": paper,
        "started_at": NOON - HOUR,
        "deadline_at": NOON - HOUR + timedelta(minutes=15),
        "submitted_at": NOON - HOUR + timedelta(minutes=5),
        "closed_by": "member",
        "score": score,
        "duration_ms": 300_000,
    }
    return Attempt.objects.create(round=contest.rounds.get(number=1), member=member, number=number, **fields | changes)
