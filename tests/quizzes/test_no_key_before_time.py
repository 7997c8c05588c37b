"""Right options, explanations and sources are in no response before the round has closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from quizzes.actions.attempts import close_expired
from quizzes.models import Attempt, QuestionVersion
from tests.cast import Cast
from tests.quizzes.makers import DAY, NOON, make_contest, make_question

EXPLANATION, SOURCE = "GIẢITHÍCHBÍMẬT", "NGUỒNBÍMẬT"


def marked_questions() -> list[QuestionVersion]:
    """Questions whose explanation and source carry marks to look for."""
    versions = []
    for number in range(3):
        version = make_question(f"Câu hỏi {number}?")
        version.explanation, version.source = f"{EXPLANATION}{number}", f"{SOURCE}{number}"
        version.save()
        versions.append(version)
    return versions


def everything_said(client: Client, slug: str, attempt_id: int) -> Iterator[str]:
    """Body and headers of each answer that an entrant can get about the contest and the attempt."""
    addresses = [
        reverse("quizzes:contests"),
        reverse("quizzes:contest", args=[slug]),
        reverse("quizzes:rules", args=[slug]),
        reverse("quizzes:board", args=[slug]),
        reverse("quizzes:board_feed", args=[slug]),
        reverse("quizzes:board_own", args=[slug]),
        reverse("quizzes:attempts"),
        reverse("quizzes:attempt", args=[attempt_id]),
        *[reverse("quizzes:attempt", args=[attempt_id]) + f"?q={number}" for number in ("1", "2", "3", "review")],
        reverse("quizzes:result", args=[attempt_id]),
        reverse("quizzes:review", args=[attempt_id]),
        reverse("quizzes:incident", args=[attempt_id]),
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 302, 403)
        yield f"{response.headers}{response.content.decode()}"


def paper_shown(client: Client, attempt_id: int) -> str:
    return client.get(reverse("quizzes:attempt", args=[attempt_id]) + "?q=1").content.decode()


@pytest.mark.parametrize("review", ["after_round", "never"])
def test_no_response_before_the_end_tells_what_is_right(cast: Cast, review: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        contest = make_contest(cast.province, versions=marked_questions(), questions=3, review=review)
        client = Client()
        client.force_login(cast.lan)
        client.post(reverse("quizzes:start", args=[contest.slug]))
        attempt = Attempt.objects.get()
        assert "Phương án" in paper_shown(client, attempt.pk)  # there is something to leak
        said = list(everything_said(client, contest.slug, attempt.pk))
        client.post(reverse("quizzes:submit", args=[attempt.pk]))
        said += everything_said(client, contest.slug, attempt.pk)
        clock.move_to(NOON + DAY + timedelta(seconds=10))  # the round is over, but the server hasn't closed it yet
        said += everything_said(client, contest.slug, attempt.pk)
        for text in said:
            assert (EXPLANATION in text, SOURCE in text, "đáp án đúng" in text) == (False, False, False)
        _close(NOON + DAY + timedelta(minutes=1))
        clock.move_to(NOON + DAY + timedelta(minutes=2))
        after = client.get(reverse("quizzes:review", args=[attempt.pk]))
    shown = review == "after_round"
    text = after.content.decode()
    assert (after.status_code, EXPLANATION in text, "đáp án đúng" in text) == (200 if shown else 403, shown, shown)


def test_pages_of_a_paper_do_not_depend_on_the_key(cast: Cast) -> None:
    """Byte for byte the same page whichever option is right."""
    with time_machine.travel(NOON, tick=False):
        versions = marked_questions()
        contest = make_contest(cast.province, versions=versions, questions=3)
        client = Client()
        client.force_login(cast.lan)
        client.post(reverse("quizzes:start", args=[contest.slug]))
        attempt = Attempt.objects.get()
        before = _without_tokens(paper_shown(client, attempt.pk))
        QuestionVersion.objects.update(key=["d"])
        assert _without_tokens(paper_shown(client, attempt.pk)) == before


def _without_tokens(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]


def _close(now: datetime) -> None:
    close_expired(now=now)
