"""Who sees which contest, and what the card says."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import Http404

from lms.people.models import Function, PersonClass
from quizzes.models import ContestState, Round
from quizzes.queries import card_for, contest_for, contests_for, contests_open_for, organised_contest_for
from quizzes.queries.contests import organised_by
from tests.cast import Cast
from tests.factories import make_member, make_post
from tests.quizzes.makers import DAY, NOON, make_attempt, make_contest, round_document


def test_contest_for_shows_a_published_contest_to_every_eligible_member_of_the_province(cast: Cast) -> None:
    contest = make_contest(cast.ba_tri)
    assert [contest_for(one, contest.slug, NOON) for one in (cast.lan, cast.chau)] == [contest, contest]


def test_contest_for_hides_a_draft_from_all_but_its_organisers(cast: Cast) -> None:
    contest = make_contest(cast.ba_tri, state=ContestState.DRAFT)
    assert [contest_for(one, contest.slug, NOON) for one in (cast.admin, cast.organiser)] == [contest, contest]
    for one in (cast.lan, cast.binh, cast.chau, cast.trainer, cast.dung):
        with pytest.raises(Http404):
            contest_for(one, contest.slug, NOON)


def test_contest_for_hides_it_from_a_class_that_is_not_admitted_unless_she_once_entered(cast: Cast) -> None:
    contest = make_contest(cast.province, eligible=[PersonClass.FULL_TIME])
    with pytest.raises(Http404):
        contest_for(cast.lan, contest.slug, NOON)
    make_attempt(contest, cast.lan)
    assert contest_for(cast.lan, contest.slug, NOON) == contest


def test_contest_for_hides_it_from_people_outside_every_union(cast: Cast) -> None:
    contest = make_contest(cast.province)
    with pytest.raises(Http404):
        contest_for(make_member("Người Ngoài"), contest.slug, NOON)


def test_organisers_of_one_union_do_not_run_contests_of_another(cast: Cast) -> None:
    make_post(cast.binh, Function.ORGANISER, cast.ba_tri)
    own, other = make_contest(cast.may), make_contest(cast.y_te)
    assert organised_contest_for(cast.binh, own.slug, NOON) == own
    assert list(organised_by(cast.binh, NOON.date())) == [own]
    assert list(organised_by(cast.admin, NOON.date())) == [other, own]
    assert list(organised_by(cast.lan, NOON.date())) == []
    with pytest.raises(Http404):
        organised_contest_for(cast.binh, other.slug, NOON)


def test_contests_open_for_lists_what_can_be_entered_now(cast: Cast) -> None:
    contest = make_contest(cast.province)
    make_contest(cast.province, rounds=[round_document(NOON + DAY, NOON + 2 * DAY)])
    make_contest(cast.province, rounds=[round_document(NOON - 2 * DAY, NOON - DAY)])
    make_contest(cast.province, state=ContestState.DRAFT)
    make_contest(cast.province, eligible=[PersonClass.FULL_TIME])
    [card] = contests_open_for(cast.lan, NOON)
    assert (card.contest, card.attempts_used, card.attempts_left, card.best) == (contest, 0, 2, None)
    assert (card.can_start, card.can_resume, card.closes_at) == (True, False, NOON + DAY)


def test_contests_open_for_counts_attempts_and_shows_the_best(cast: Cast) -> None:
    contest = make_contest(cast.province)
    make_attempt(contest, cast.lan, number=1, score=2)
    still_open = make_attempt(contest, cast.lan, number=2, submitted_at=None)
    [card] = contests_open_for(cast.lan, NOON)
    assert (card.attempts_used, card.attempts_left, card.best) == (2, 0, Decimal(2))
    assert (card.open_attempt_id, card.can_start, card.can_resume) == (still_open.pk, False, True)


def test_the_score_stays_hidden_until_the_round_is_over_when_the_rules_say_so(cast: Cast) -> None:
    contest = make_contest(cast.province, show_score="after_round")
    make_attempt(contest, cast.lan, score=2)
    [card] = contests_open_for(cast.lan, NOON)
    assert card.best is None
    later = card_for(cast.lan, contest, NOON + DAY)
    assert later
    assert (later.best, later.state) == (Decimal(2), "closed")


def test_who_organises_a_contest_does_not_enter_it(cast: Cast) -> None:
    make_contest(cast.province, organiser=cast.organiser)
    assert contests_open_for(cast.organiser, NOON) == []


def test_contests_for_sorts_into_open_coming_and_closed(cast: Cast) -> None:
    open_one = make_contest(cast.province)
    coming = make_contest(cast.province, rounds=[round_document(NOON + DAY, NOON + 2 * DAY)])
    closed = make_contest(cast.province, rounds=[round_document(NOON - 2 * DAY, NOON - DAY)])
    between = make_contest(
        cast.province,
        rounds=[
            round_document(NOON - 2 * DAY, NOON - DAY),
            round_document(NOON + timedelta(hours=3), NOON + DAY, "Tuần 2"),
        ],
    )
    lists = contests_for(cast.lan, NOON)
    assert [card.contest for card in lists.open] == [open_one]
    assert [card.contest for card in lists.coming] == [between, coming]
    assert [card.contest for card in lists.closed] == [closed]


@pytest.mark.parametrize("n", [1, 3])
def test_contests_open_for_asks_three_questions_whatever_their_number(
    cast: Cast, n: int, django_assert_num_queries: object
) -> None:
    for _ in range(n):
        make_attempt(make_contest(cast.province), cast.lan)
    with django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's fixture
        assert len(contests_open_for(cast.lan, NOON)) == n


def test_a_round_that_the_server_closed_early_is_closed(cast: Cast) -> None:
    contest = make_contest(cast.province)
    Round.objects.filter(contest=contest).update(closed_at=NOON)
    assert contests_open_for(cast.lan, NOON) == []
