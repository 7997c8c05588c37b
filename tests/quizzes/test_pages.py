"""Contest pages as a member meets them."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lms.people.models import Member, PersonClass
from quizzes.models import ContestState, LateAnswer, Round
from tests.cast import Cast
from tests.factories import make_member
from tests.quizzes.makers import DAY, HOUR, NOON, make_attempt, make_contest, round_document


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def page(member: Member, name: str, *args: Any) -> str:
    response = signed_in(member).get(reverse(f"quizzes:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def buttons(text: str) -> list[str]:
    return [words for words in ("Vào thi lượt 2", "Vào thi", "Làm tiếp", "Xem kết quả") if f"{words}</" in text]


def test_the_list_is_kind_when_there_is_nothing(cast: Cast) -> None:
    assert "Chưa có cuộc thi nào" in page(cast.lan, "contests")


def test_the_list_hides_drafts_and_contests_of_other_classes(cast: Cast) -> None:
    make_contest(cast.province, title="Nháp", state=ContestState.DRAFT)
    make_contest(cast.province, title="Chỉ cán bộ", eligible=[PersonClass.FULL_TIME])
    text = page(cast.lan, "contests")
    assert ("Nháp" in text, "Chỉ cán bộ" in text) == (False, False)
    assert "Chỉ cán bộ" in page(cast.binh, "contests")


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(("name", "most"), [("contests", 9), ("attempts", 5)])
def test_lists_ask_the_same_number_of_questions_whatever_their_length(
    cast: Cast, n: int, name: str, most: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(n):
        make_attempt(make_contest(cast.province), cast.lan)
        make_attempt(make_contest(cast.province, rounds=[round_document(NOON - 2 * DAY, NOON - DAY)]), cast.lan)
        make_contest(cast.province, rounds=[round_document(NOON + DAY, NOON + 2 * DAY)])
    client = signed_in(cast.lan)
    client.get(reverse(f"quizzes:{name}"))
    with django_assert_max_num_queries(most):
        client.get(reverse(f"quizzes:{name}"))


@pytest.mark.parametrize("n", [1, 3])
def test_the_contest_and_the_result_stay_within_twelve_questions(
    cast: Cast, n: int, django_assert_max_num_queries: Any
) -> None:
    contest = make_contest(cast.province, attempts_per_round=None)
    attempts = [make_attempt(contest, cast.lan, number=number + 1) for number in range(n)]
    for number in range(n):
        make_attempt(contest, make_member(f"Thí sinh {number}", unit=cast.truong))
    client = signed_in(cast.lan)
    pages = [reverse("quizzes:contest", args=[contest.slug]), reverse("quizzes:result", args=[attempts[0].pk])]
    for address in pages:
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def test_the_button_says_what_comes_next(cast: Cast) -> None:
    contest = make_contest(cast.province)
    assert buttons(page(cast.lan, "contest", contest.slug)) == ["Vào thi"]
    first = make_attempt(contest, cast.lan, submitted_at=None, deadline_at=NOON + HOUR)
    assert buttons(page(cast.lan, "contest", contest.slug)) == ["Làm tiếp"]
    first.submitted_at = NOON
    first.save()
    assert buttons(page(cast.lan, "contest", contest.slug)) == ["Vào thi lượt 2", "Xem kết quả"]
    make_attempt(contest, cast.lan, number=2)
    assert buttons(page(cast.lan, "contest", contest.slug)) == ["Xem kết quả"]


def test_who_may_not_enter_sees_no_button(cast: Cast) -> None:
    contest = make_contest(cast.province, eligible=[PersonClass.MEMBER], organiser=cast.organiser)
    for one in (cast.organiser, cast.binh):
        assert buttons(page(one, "contest", contest.slug)) == []


def test_a_contest_of_another_class_is_not_there(cast: Cast) -> None:
    contest = make_contest(cast.province, eligible=[PersonClass.FULL_TIME])
    for name in ("contest", "rules", "board"):
        response = signed_in(cast.lan).get(reverse(f"quizzes:{name}", args=[contest.slug]))
        assert response.status_code == 404


def test_the_result_tells_score_arrivals_and_what_came_too_late(cast: Cast) -> None:
    attempt = make_attempt(make_contest(cast.province), cast.lan, score=1, answered=1)
    LateAnswer.objects.create(attempt=attempt, place=1, given=["a"], seq=3, arrived_at=NOON)
    text = page(cast.lan, "result", attempt.pk)
    for words in ("1 trong 2 câu trả lời đến kịp giờ.", "Câu 2: đến lúc 12:00:00 07/05/2025", "Báo Ban Tổ chức"):
        assert words in text


def test_the_result_keeps_the_score_back_when_the_rules_say_so(cast: Cast) -> None:
    contest = make_contest(cast.province, show_score="after_round", points_right="7.77")
    attempt = make_attempt(contest, cast.lan, score=7, answered=1)
    assert "Theo thể lệ, điểm được công bố sau khi đóng đợt thi." in page(cast.lan, "result", attempt.pk)
    with time_machine.travel(NOON + 2 * DAY):
        assert "15,54 điểm" in page(cast.lan, "result", attempt.pk)


def test_an_open_attempt_has_no_result_yet(cast: Cast) -> None:
    attempt = make_attempt(make_contest(cast.province), cast.lan, submitted_at=None)
    response = signed_in(cast.lan).get(reverse("quizzes:result", args=[attempt.pk]))
    assert response["Location"] == reverse("quizzes:attempt", args=[attempt.pk])


def test_nobody_else_sees_a_result_or_a_review(cast: Cast) -> None:
    attempt = make_attempt(make_contest(cast.province), cast.lan)
    Round.objects.update(closed_at=NOON)
    for one in (cast.chau, cast.binh, cast.admin, cast.organiser):
        for name in ("result", "review"):
            assert signed_in(one).get(reverse(f"quizzes:{name}", args=[attempt.pk])).status_code == 404


def test_the_rules_page_states_the_rules(cast: Cast) -> None:
    text = page(cast.lan, "rules", make_contest(cast.province, questions=2).slug)
    assert "Mỗi lượt có 2 câu, làm trong tối đa 15 phút." in text
    assert "Đơn vị tổ chức: LĐLĐ tỉnh." in text
