"""From draft to official: what is frozen, what is refused, what is traced."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from lms.audit.models import Event
from lms.learning.models import Activity
from quizzes.actions.contests import NotADraft, NotPublishable, change_draft, create_contest, publish_contest
from quizzes.actions.rounds import NotYetOfficial, RoundNotExtended, extend_round, make_official
from quizzes.engine.rules import parse
from quizzes.models import Contest, ContestState, QuestionState, Round
from tests.cast import Cast
from tests.quizzes.makers import (
    DAY,
    HOUR,
    NOON,
    make_attempt,
    make_contest,
    make_question,
    round_document,
    rules_document,
)


def draft(cast: Cast, **changes: Any) -> Contest:
    rules = parse(rules_document(**changes))
    return create_contest(
        cast.organiser, title="Tìm hiểu Luật", summary="", rules=rules, owner_id=cast.province.unit_id, now=NOON
    )


def verbs(contest: Contest) -> list[str]:
    return list(
        Event.objects.filter(object_type="quizzes.contest", object_id=str(contest.pk))
        .order_by("number")
        .values_list("verb", flat=True)
    )


def why(caught: Any) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in caught.value.problems]


def test_addresses_come_from_titles_and_never_collide(cast: Cast) -> None:
    assert [draft(cast).slug, draft(cast).slug] == ["tim-hieu-luat", "tim-hieu-luat-2"]
    rules = parse(rules_document())
    odd = create_contest(cast.organiser, title="new", summary="", rules=rules, owner_id=cast.province.unit_id, now=NOON)
    assert odd.slug == "new-2"


def test_publishing_freezes_rounds_and_pool_and_opens_the_activity(cast: Cast) -> None:
    known = [make_question(), make_question(), make_question()]
    make_question(state=QuestionState.DRAFT)
    make_question(state=QuestionState.RETIRED)
    contest = publish_contest(cast.organiser, draft(cast), now=NOON)
    assert (contest.state, contest.published_at) == (ContestState.PUBLISHED, NOON)
    assert list(contest.pool.order_by("pk").values_list("version", flat=True)) == [one.pk for one in known]
    [one] = contest.rounds.all()
    assert (one.number, one.opens_at, one.closes_at) == (1, NOON - DAY, NOON + DAY)
    activity = Activity.objects.get(key=f"contest:{contest.pk}")
    assert (activity.title, activity.url) == (contest.title, reverse("quizzes:contest", args=[contest.slug]))
    assert verbs(contest) == ["contest.create", "contest.publish"]


def test_publishing_takes_the_newest_published_version_of_a_question(cast: Cast) -> None:
    first = make_question()
    second = first.question.versions.create(
        number=2, kind=first.kind, stem="Mới?", options=first.options, key=["b"], published_at=NOON
    )
    first.question.versions.create(number=3, kind=first.kind, stem="Nháp?", options=first.options, key=["b"])
    contest = publish_contest(cast.organiser, draft(cast, questions=1), now=NOON)
    assert list(contest.pool.values_list("version", flat=True)) == [second.pk]


def test_publishing_refuses_a_pool_that_is_too_small_and_leaves_the_draft(cast: Cast) -> None:
    make_question(topic="Luật")
    blueprint = [{"topic": "Luật", "codes": [], "count": 1}, {"topic": "Lịch sử", "codes": [], "count": 2}]
    contest = draft(cast, blueprint=blueprint)
    with pytest.raises(NotPublishable) as caught:
        publish_contest(cast.organiser, contest, now=NOON)
    assert why(caught) == [("blueprint.1.count", "pool_too_small")]
    contest.refresh_from_db()
    assert (contest.state, contest.rounds.count(), contest.pool.count()) == (ContestState.DRAFT, 0, 0)


def test_publishing_refuses_a_contest_that_is_over(cast: Cast) -> None:
    make_question(), make_question()
    with pytest.raises(NotPublishable) as caught:
        publish_contest(cast.organiser, draft(cast), now=NOON + 2 * DAY)
    assert why(caught) == [("rounds.0.closes_at", "all_rounds_over")]


def test_a_published_contest_is_no_draft_any_more(cast: Cast) -> None:
    make_question(), make_question()
    contest = draft(cast)
    publish_contest(cast.organiser, contest, now=NOON)
    with pytest.raises(NotADraft):
        publish_contest(cast.organiser, contest, now=NOON)
    with pytest.raises(NotADraft):
        change_draft(cast.organiser, contest, title="Khác", summary="", rules=parse(contest.rules), now=NOON)


def test_extending_moves_the_round_its_rules_and_open_attempts_and_is_traced(cast: Cast) -> None:
    contest = make_contest(cast.province, rounds=[round_document(NOON - DAY, NOON + HOUR)])
    cut_short = make_attempt(
        contest, cast.lan, submitted_at=None, started_at=NOON + 50 * HOUR / 60, deadline_at=NOON + HOUR
    )
    one = extend_round(cast.organiser, contest, 1, closes_at=NOON + DAY, now=NOON + HOUR - timedelta(seconds=1))
    contest.refresh_from_db()
    cut_short.refresh_from_db()
    assert (one.closes_at, parse(contest.rules).rounds[0].closes_at) == (NOON + DAY, NOON + DAY)
    assert cut_short.deadline_at == NOON + timedelta(minutes=65)
    assert verbs(contest) == ["contest.extend"]


@pytest.mark.parametrize(
    ("closes_at", "now", "code"),
    [
        (NOON, NOON, "only_later"),
        (NOON + 2 * DAY, NOON + DAY, "round_over"),
        (NOON + 4 * DAY, NOON, "reaches_next_round"),
    ],
)
def test_extending_refuses_what_is_unfair(cast: Cast, closes_at: Any, now: Any, code: str) -> None:
    rounds = [round_document(NOON - DAY, NOON + DAY), round_document(NOON + 3 * DAY, NOON + 5 * DAY, "Tuần 2")]
    contest = make_contest(cast.province, rounds=rounds)
    with pytest.raises(RoundNotExtended) as caught:
        extend_round(cast.organiser, contest, 1, closes_at=closes_at, now=now)
    assert why(caught) == [("closes_at", code)]
    assert contest.rounds.get(number=1).closes_at == NOON + DAY


def test_results_become_official_once_every_round_is_closed(cast: Cast) -> None:
    contest = make_contest(cast.province)
    make_attempt(contest, cast.lan)
    with pytest.raises(NotYetOfficial):
        make_official(cast.organiser, contest, now=NOON)
    Round.objects.filter(contest=contest).update(closed_at=NOON + DAY)
    assert [make_official(cast.organiser, contest, now=NOON + 2 * DAY).state for _ in range(2)] == ["official"] * 2
    assert verbs(contest) == ["contest.make_official"]
