"""A contest as one person sees it at one moment: which round, how many attempts left, what to press."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lms.people.models import Member
from quizzes.engine.ranking import Result, counted, hundredths, microseconds
from quizzes.engine.rules import Rules, parse
from quizzes.models import Attempt, Contest, Round

OPEN, COMING, CLOSED = "open", "coming", "closed"


@dataclass(frozen=True)
class ContestCard:
    contest: Contest
    rules: Rules
    round: Round  # the open one, else the next, else the last
    state: str  # of that round: OPEN, COMING, CLOSED
    eligible: bool
    attempts_used: int
    attempts_left: int | None  # None = no limit
    best: Decimal | None  # the counted score of the round, if it may be shown yet
    open_attempt_id: int | None
    last_attempt_id: int | None  # the latest submitted one

    @property
    def opens_at(self) -> datetime:
        return self.round.opens_at

    @property
    def closes_at(self) -> datetime:
        return self.round.closes_at

    @property
    def can_start(self) -> bool:
        """Whether a new attempt may begin now."""
        return self.state == OPEN and self.eligible and self.open_attempt_id is None and self.attempts_left != 0

    @property
    def can_resume(self) -> bool:
        return self.open_attempt_id is not None

    @property
    def next_number(self) -> int:
        """The number of the attempt that would start now."""
        return self.attempts_used + 1


def round_state(one: Round, now: datetime) -> str:
    if now < one.opens_at:
        return COMING
    return OPEN if one.closed_at is None and now < one.closes_at else CLOSED


def round_of_now(rounds: Iterable[Round], now: datetime) -> Round:
    """The open round, else the next one, else the last."""
    ordered = sorted(rounds, key=lambda one: one.number)
    for wanted in (OPEN, COMING):
        for one in ordered:
            if round_state(one, now) == wanted:
                return one
    return ordered[-1]


def score_is_shown(rules: Rules, one: Round, now: datetime) -> bool:
    return rules.show_score == "at_submit" or round_state(one, now) == CLOSED


def counted_attempt(submitted: Sequence[Attempt], rules: Rules) -> Attempt | None:
    """The one of a person's submitted attempts of one round that counts."""
    if not submitted:
        return None
    chosen = counted([_result(one) for one in submitted], how=rules.counted, comparators=rules.comparators)
    return next(one for one in submitted if one.pk == chosen.attempt)


def _result(attempt: Attempt) -> Result:
    assert attempt.submitted_at
    return Result(
        attempt=attempt.pk,
        round=attempt.round_id,
        member=attempt.member_id,
        number=attempt.number,
        unit_path=attempt.unit_path,
        score=hundredths(attempt.score),
        duration_ms=attempt.duration_ms or 0,
        submitted_us=microseconds(attempt.submitted_at),
    )


def cards_of(
    member: Member, rounds: Iterable[Round], now: datetime, *, eligible: dict[int, bool] | None = None
) -> list[ContestCard]:
    """One card a round, in the order given. One query for the attempts of all of them."""
    chosen = list(rounds)
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    mine = Attempt.objects.filter(member=member, round__in=chosen).order_by("number").defer("paper")
    for attempt in mine if chosen else ():
        attempts[attempt.round_id].append(attempt)
    return [_card(one, attempts[one.pk], now, eligible=(eligible or {}).get(one.contest_id, True)) for one in chosen]


def _card(one: Round, attempts: list[Attempt], now: datetime, *, eligible: bool) -> ContestCard:
    rules = parse(one.contest.rules)
    submitted = [attempt for attempt in attempts if attempt.submitted_at]
    counts = counted_attempt(submitted, rules)
    limit = rules.attempts_per_round
    return ContestCard(
        contest=one.contest,
        rules=rules,
        round=one,
        state=round_state(one, now),
        eligible=eligible,
        attempts_used=len(attempts),
        attempts_left=None if limit is None else max(0, limit - len(attempts)),
        best=counts.score if counts and score_is_shown(rules, one, now) else None,
        open_attempt_id=next((attempt.pk for attempt in attempts if not attempt.submitted_at), None),
        last_attempt_id=submitted[-1].pk if submitted else None,
    )
