"""All rounds of a contest draw from one pool, so the review of an early one would tell the keys of the later ones."""

from datetime import timedelta

import time_machine
from django.test import Client
from django.urls import reverse

from quizzes.actions.attempts import close_expired
from quizzes.engine.rules import parse
from quizzes.engine.rules_text import sections
from quizzes.models import Attempt
from tests.cast import Cast
from tests.quizzes.makers import DAY, NOON, make_contest, make_question, round_document, rules_document

TWO_ROUNDS = [
    round_document(NOON - DAY, NOON + DAY, "Tuần 1"),
    round_document(NOON + DAY, NOON + 2 * DAY, "Tuần 2"),
]


def test_review_waits_for_the_last_round_that_draws_from_the_pool(cast: Cast) -> None:
    versions = [make_question(f"Câu {number}?") for number in range(3)]
    client = Client()
    client.force_login(cast.lan)
    with time_machine.travel(NOON, tick=False) as clock:
        contest = make_contest(cast.province, versions=versions, questions=3, rounds=TWO_ROUNDS)
        client.post(reverse("quizzes:start", args=[contest.slug]))
        attempt = Attempt.objects.get()
        client.post(reverse("quizzes:submit", args=[attempt.pk]))
        between, after = NOON + DAY + timedelta(minutes=5), NOON + 2 * DAY + timedelta(minutes=5)
        seen = []
        for moment in (between, after):
            close_expired(now=moment)
            clock.move_to(moment)
            page = client.get(reverse("quizzes:review", args=[attempt.pk]))
            seen.append((page.status_code, versions[0].explanation in page.content.decode()))
    assert seen == [(403, False), (200, True)]


def test_the_rules_say_so(cast: Cast) -> None:
    one, two = parse(rules_document()), parse(rules_document(rounds=TWO_ROUNDS))
    told = [
        [line.code for part in sections(rules) for line in part.lines if line.code.startswith("review")]
        for rules in (one, two)
    ]
    assert told == [["review_after_round"], ["review_after_last_round"]]


def test_a_question_that_a_running_contest_asks_keeps_its_key(cast: Cast) -> None:
    shared, own = make_question("Câu chung?"), make_question("Câu riêng?")
    client = Client()
    client.force_login(cast.lan)
    with time_machine.travel(NOON, tick=False) as clock:
        over = [round_document(NOON - DAY, NOON + DAY, "Tuần 1")]
        contest = make_contest(cast.province, versions=[shared, own], questions=2, rounds=over)
        client.post(reverse("quizzes:start", args=[contest.slug]))
        attempt = Attempt.objects.get()
        client.post(reverse("quizzes:submit", args=[attempt.pk]))
        later = NOON + DAY + timedelta(minutes=5)
        close_expired(now=later)
        clock.move_to(later)
        running = [round_document(later, later + DAY, "Tuần 2")]
        make_contest(cast.province, versions=[shared], questions=1, rounds=running)
        page = client.get(reverse("quizzes:review", args=[attempt.pk])).content.decode()

    assert own.explanation in page
    assert shared.explanation not in page
    assert page.count("đáp án đúng") == 1
    assert page.count('push">chưa mở đáp án</span>') == 1
