"""Pages of an attempt: who sees what, what they say, what they cost, and that no key leaves before its time."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.people.models import Member
from quizzes.actions.attempts import Given, save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, Contest, Incident, QuestionVersion
from tests.cast import Cast
from tests.quizzes.attempts import open_contest, right_option, tap
from tests.quizzes.makers import round_document

HOUR = timedelta(hours=1)


def contest_now(cast: Cast, *, questions: int = 4, **rules: object) -> Contest:
    now = timezone.now()
    rounds = [round_document(now - HOUR, now + 24 * HOUR)]
    return open_contest(cast.province, questions=questions, rounds=rounds, **rules)


def attempt_now(cast: Cast, contest: Contest, *, minutes_ago: int = 1) -> Attempt:
    begun = timezone.now() - timedelta(minutes=minutes_ago)
    return start_attempt(cast.lan, contest.rounds.get(), now=begun, seed=7).attempt


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_starting_leads_to_the_paper(cast: Cast) -> None:
    contest = contest_now(cast)
    response = signed_in(cast.lan).post(f"/contests/{contest.slug}/start/")
    attempt = Attempt.objects.get()
    assert (response.status_code, response["location"]) == (302, f"/attempts/{attempt.pk}/")
    assert attempt.member_id == cast.lan.pk


def test_a_start_that_the_rules_refuse_says_why(cast: Cast) -> None:
    contest = contest_now(cast, attempts_per_round=1)
    submit_attempt(attempt_now(cast, contest), now=timezone.now())
    response = signed_in(cast.lan).post(f"/contests/{contest.slug}/start/")
    assert response.status_code == 409
    assert "Anh/chị đã dùng hết lượt thi của" in response.content.decode()
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("page", ["", "submit/", "incident/"])
def test_nobody_else_finds_an_attempt(cast: Cast, page: str) -> None:
    attempt = attempt_now(cast, contest_now(cast))
    address = f"/attempts/{attempt.pk}/{page}"
    for outsider in (cast.chau, cast.binh, cast.admin, cast.organiser):
        client = signed_in(outsider)
        response = client.post(address) if page == "submit/" else client.get(address)
        assert response.status_code == 404
    assert Client().post(address).status_code in (302, 405)
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_reading_neither_starts_nor_hands_in(cast: Cast) -> None:
    contest = contest_now(cast)
    attempt = attempt_now(cast, contest)
    client = signed_in(cast.lan)
    assert client.get(f"/contests/{contest.slug}/start/").status_code == 405
    assert client.get(f"/attempts/{attempt.pk}/submit/").status_code == 405


def test_handing_in_needs_the_pages_own_token(cast: Cast) -> None:
    attempt = attempt_now(cast, contest_now(cast))
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.lan)
    assert client.post(f"/attempts/{attempt.pk}/submit/").status_code == 403
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_a_page_whose_clock_ran_out_before_time_was_given_back_goes_on(cast: Cast) -> None:
    attempt = attempt_now(cast, contest_now(cast))
    client = signed_in(cast.lan)
    response = client.post(f"/attempts/{attempt.pk}/submit/", {"time_over": "1"}, follow=True)
    assert response.redirect_chain == [(f"/attempts/{attempt.pk}/", 302)]
    assert "mời anh/chị làm tiếp" in response.content.decode()
    attempt.refresh_from_db()
    assert attempt.submitted_at is None
    client.post(f"/attempts/{attempt.pk}/submit/")  # who presses the button has decided
    attempt.refresh_from_db()
    assert attempt.closed_by == "member"


def test_an_attempt_that_has_ended_leads_to_its_result(cast: Cast) -> None:
    attempt = submit_attempt(attempt_now(cast, contest_now(cast)), now=timezone.now())
    response = signed_in(cast.lan).get(f"/attempts/{attempt.pk}/", follow=True)
    assert response.redirect_chain == [(f"/attempts/{attempt.pk}/result/", 302)]
    assert "Lượt thi này đã kết thúc, không sửa được nữa." in response.content.decode()


def test_opening_an_attempt_whose_time_is_over_closes_it(cast: Cast) -> None:
    attempt = attempt_now(cast, contest_now(cast), minutes_ago=16)
    response = signed_in(cast.lan).get(f"/attempts/{attempt.pk}/")
    attempt.refresh_from_db()
    assert response["location"] == f"/attempts/{attempt.pk}/result/"
    assert (attempt.closed_by, attempt.submitted_at) == ("server", attempt.deadline_at)


@pytest.mark.parametrize("query", ["?q=0", "?q=99", "?q=abc", "?q=-1", "?q=²", ""])
def test_an_address_that_makes_no_sense_opens_where_one_goes_on(cast: Cast, query: str) -> None:
    attempt = attempt_now(cast, contest_now(cast))
    save_answers(attempt.pk, [tap(0, "a"), tap(1, "b")], arrived_at=timezone.now())
    response = signed_in(cast.lan).get(f"/attempts/{attempt.pk}/{query}")
    assert response.context["here"] == 3


def test_a_report_reaches_the_organisers(cast: Cast) -> None:
    attempt = attempt_now(cast, contest_now(cast))
    client = signed_in(cast.lan)
    response = client.post(f"/attempts/{attempt.pk}/incident/", {"text": "Mất mạng", "on_phone": "4"})
    assert "Ban Tổ chức đã nhận được" in response.content.decode()
    assert list(Incident.objects.values_list("text", "on_phone")) == [("Mất mạng", 4)]
    assert client.post(f"/attempts/{attempt.pk}/incident/", {"on_phone": "-1"}).status_code == 200
    assert Incident.objects.count() == 1


def test_no_response_of_an_attempt_tells_the_key(cast: Cast) -> None:
    """Every page of an attempt is the same whichever option is right, and holds no explanation and no source."""
    contest = contest_now(cast)
    attempt = attempt_now(cast, contest)
    client = signed_in(cast.lan)
    address = f"/attempts/{attempt.pk}/"
    pages = [address, f"{address}?q=2", f"{address}?q=review", f"{address}incident/", f"/contests/{contest.slug}/"]
    save_answers(
        attempt.pk, [tap(place, right_option(attempt, place)) for place in range(2)], arrived_at=timezone.now()
    )
    before = [_steady(client.get(page).content.decode()) for page in pages]
    assert "Phương án a của" in before[0]
    assert not any("Giải thích" in page or "Nguồn" in page for page in before)
    for version in QuestionVersion.objects.all():
        QuestionVersion.objects.filter(pk=version.pk).update(key=["d" if version.key == ["a"] else "a"])
    assert [_steady(client.get(page).content.decode()) for page in pages] == before


def _steady(page: str) -> str:
    """Without what differs between any two readings: the time, one-time marks."""
    page = re.sub(r'(data-now="|nonce="|name="csrfmiddlewaretoken" value=")[^"]*', r"\1", page)
    return re.sub(r"còn khoảng \d+ phút|data-token=\"[^\"]*\"|data-now=\"[^\"]*\"", "", page)


@pytest.mark.parametrize("questions", [1, 3, 20])
def test_the_page_costs_the_same_for_any_number_of_questions(cast: Cast, questions: int) -> None:
    attempt = attempt_now(cast, contest_now(cast, questions=questions))
    save_answers(attempt.pk, [Given(0, ("a",), 1)], arrived_at=timezone.now())
    client = signed_in(cast.lan)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/attempts/{attempt.pk}/")
    assert len(queries) == 6  # session, person, today's scope, attempt, questions, answers


def test_a_whole_attempt_of_20_questions_stays_within_60_statements(cast: Cast) -> None:
    contest = contest_now(cast, questions=20)
    client = signed_in(cast.lan)
    with CaptureQueriesContext(connection) as queries:
        page = client.post(f"/contests/{contest.slug}/start/", follow=True)
        attempt_id = page.context["attempt"].pk
        for place in range(20):
            save_answers(attempt_id, [tap(place, "a", place + 1)], arrived_at=timezone.now())
        client.post(f"/attempts/{attempt_id}/submit/")
    spoken = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert Attempt.objects.get(pk=attempt_id).answered == 20
    assert len(spoken) <= 60, json.dumps(spoken, indent=1)


@pytest.mark.parametrize("asked", ["9" * 5000, "0", "-1", "99", "٣"])
def test_a_question_that_is_not_there_shows_where_to_go_on(cast: Cast, asked: str) -> None:
    attempt = attempt_now(cast, contest_now(cast))
    response = signed_in(cast.lan).get(f"/attempts/{attempt.pk}/", {"q": asked})
    assert (response.status_code, response.context["here"]) == (200, 1)
