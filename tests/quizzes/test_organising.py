"""What who runs a contest sees: numbers of all, names of the own unions."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lms.people.models import Function
from quizzes.models import Incident
from quizzes.queries.organising import counts_of, entrants_of, people_in
from tests.cast import Cast
from tests.factories import make_member, make_post
from tests.quizzes.makers import NOON, make_attempt, make_contest


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def page_of(cast: Cast, member: Any, slug: str, **query: str) -> str:
    client = Client()
    client.force_login(member)
    return client.get(reverse("quizzes:organise", args=[slug]), query).content.decode()


def test_counts_tell_people_attempts_and_who_is_at_work(cast: Cast) -> None:
    contest = make_contest(cast.province)
    make_attempt(contest, cast.lan)
    make_attempt(contest, cast.lan, number=2)
    make_attempt(contest, cast.chau, submitted_at=None)
    [counts] = counts_of(contest)
    assert (counts.people, counts.submitted, counts.open, people_in(contest)) == (1, 2, 1, 1)


def test_an_organiser_below_sees_names_of_the_own_unions_only(cast: Cast) -> None:
    make_post(cast.binh, Function.ORGANISER, cast.ba_tri)
    contest = make_contest(cast.ba_tri)
    mine = make_attempt(contest, cast.lan, unit_path=cast.may.path)
    other = make_attempt(contest, cast.chau, unit_path=cast.benh_vien.path)
    for attempt in (mine, other):
        Incident.objects.create(attempt=attempt, text=f"Báo {attempt.pk}", reported_at=NOON)
    assert list(entrants_of(contest, cast.binh, NOON.date())) == [mine]
    text = page_of(cast, cast.binh, contest.slug)
    assert ("Nguyễn Thị Lan" in text, "Lê Minh Châu" in text) == (True, False)
    assert f"Báo {other.pk}" in text
    assert "Người dự thi ngoài đơn vị phụ trách" in text


def test_entrants_are_found_without_accents(cast: Cast) -> None:
    contest = make_contest(cast.province)
    make_attempt(contest, cast.lan, unit_path=cast.may.path)
    make_attempt(contest, cast.chau, unit_path=cast.benh_vien.path)
    text = page_of(cast, cast.organiser, contest.slug, q="nguyen lan")
    assert ("Nguyễn Thị Lan" in text, "Lê Minh Châu" in text) == (True, False)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_stays_within_twelve_questions(cast: Cast, n: int, django_assert_max_num_queries: Any) -> None:
    contest = make_contest(cast.province)
    for number in range(n):
        attempt = make_attempt(contest, make_member(f"Thí sinh {number}"), unit_path=cast.may.path)
        Incident.objects.create(attempt=attempt, text="Báo", reported_at=NOON)
    client = Client()
    client.force_login(cast.organiser)
    with django_assert_max_num_queries(12):
        client.get(reverse("quizzes:organise", args=[contest.slug]))
    with django_assert_max_num_queries(12):
        client.get(reverse("quizzes:organised"))
