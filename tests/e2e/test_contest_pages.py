"""The organiser's form in a browser, and every contest page as axe and a finger see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from lms.people.models import Member
from quizzes.models import Contest, ContestState, LateAnswer, Round
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.looks import Problems, axe, no_sideways_scroll, small_targets
from tests.quizzes.makers import DAY, make_attempt, make_contest, make_question, round_document

PHONE, DESK = 390, 1440


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_organiser_writes_a_contest_with_the_rules_live_beside(
    real_cast: Cast, page_at: PageAt, problems: Problems, width: int
) -> None:
    make_question()
    page = page_at(width, member=real_cast.organiser)
    page.goto(f"{reverse('quizzes:contest_new')}?preset=single")
    onward = page.locator("button.push")
    page.get_by_label("Tên cuộc thi").fill("Tìm hiểu Luật Công đoàn")
    expect(page.locator("[data-beside-text]")).to_contain_text("Tìm hiểu Luật Công đoàn")
    for question in ("Thi khi nào?", "Lấy câu hỏi nào?", "Làm bài bao lâu, mấy lượt?"):
        axe(page)
        onward.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(question)
        if question == "Lấy câu hỏi nào?":
            page.get_by_label("Số câu").fill("1")
    page.get_by_label("Số phút cho một lượt").fill("7")
    expect(page.locator("[data-beside-text]")).to_contain_text("Mỗi lượt có 1 câu, làm trong tối đa 7 phút.")
    for _ in range(2):
        onward.click()
    onward.click()
    page.get_by_role("button", name="Công bố cuộc thi").click()
    expect(page.get_by_text("Đã công bố.")).to_be_visible()
    assert Contest.objects.get().state == ContestState.PUBLISHED
    no_sideways_scroll(page)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_contest_pages_are_readable_for_all(real_cast: Cast, page_at: PageAt, problems: Problems, width: int) -> None:
    problems.expected.append("status of 403")  # the review before its time
    pages = {member: page_at(width, member=member) for member in (real_cast.lan, real_cast.organiser, real_cast.chau)}
    for member, address in _pages(real_cast):
        page = pages[member]
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)
        assert (address, small_targets(page)) == (address, [])


def _pages(cast: Cast) -> list[tuple[Member, str]]:
    now = timezone.now()
    long = "Tìm hiểu Chương trình chuyển đổi số trong hệ thống Công đoàn tỉnh Bến Tre giai đoạn 2023 – 2028"
    contest = make_contest(cast.province, title=long, rounds=[round_document(now - DAY, now + DAY)])
    past = make_contest(cast.province, title=long, rounds=[round_document(now - 2 * DAY, now - DAY)])
    draft = make_contest(cast.province, title=long, state=ContestState.DRAFT)
    Round.objects.filter(contest=past).update(closed_at=now - DAY)
    attempts = [make_attempt(one, cast.lan, unit_path=cast.may.path) for one in (contest, past)]
    LateAnswer.objects.create(attempt=attempts[0], place=0, given=["a"], seq=9, arrived_at=now + timedelta(hours=1))
    question = contest.pool.first()
    assert question
    mine = [
        reverse("quizzes:contests"),
        reverse("quizzes:contest", args=[contest.slug]),
        reverse("quizzes:rules", args=[contest.slug]),
        reverse("quizzes:attempts"),
        *[reverse("quizzes:result", args=[one.pk]) for one in attempts],
        *[reverse("quizzes:review", args=[one.pk]) for one in attempts],
    ]
    run = [
        reverse("quizzes:organised"),
        reverse("quizzes:contest_new"),
        reverse("quizzes:organise", args=[draft.slug]),
        reverse("quizzes:contest_edit", args=[draft.slug]) + "?step=6",
        reverse("quizzes:organise", args=[past.slug]),
        reverse("quizzes:extend", args=[contest.slug, 1]),
        reverse("quizzes:questions"),
        reverse("quizzes:question", args=[question.version.question_id]),
        reverse("quizzes:question_edit", args=[question.version.question_id]),
    ]
    empty = [(cast.chau, reverse("quizzes:attempts"))]
    return [*((cast.lan, one) for one in mine), *((cast.organiser, one) for one in run), *empty]
