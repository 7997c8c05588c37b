"""An entrant at an attempt page: taps, and remembers each tap so that the database can be compared with it."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Locator, Page

from quizzes.actions.attempts import start_attempt
from quizzes.models import Attempt
from tests.cast import Cast
from tests.quizzes.attempts import open_contest
from tests.quizzes.makers import round_document

QUESTIONS = 20
HOUR = timedelta(hours=1)


def begin_attempt(cast: Cast, *, seconds_left: int = 900, **rules: Any) -> Attempt:
    """Lan's attempt of 20 questions, begun so long ago that this much of its 15 minutes is left."""
    now = timezone.now()
    rounds = [round_document(now - 24 * HOUR, now + 24 * HOUR)]
    contest = open_contest(cast.province, questions=QUESTIONS, rounds=rounds, attempts_per_round=3, **rules)
    begun = now - timedelta(seconds=900 - seconds_left)
    return start_attempt(cast.lan, contest.rounds.get(), now=begun, seed=12).attempt


@dataclass
class Taker:
    page: Page
    attempt: Attempt
    tapped: dict[int, list[str]] = field(default_factory=dict)

    def open(self, query: str = "") -> "Taker":
        self.page.goto(f"/attempts/{self.attempt.pk}/{query}")
        return self.ready()

    def ready(self) -> "Taker":
        self.page.wait_for_selector("[data-attempt][data-ready=yes]")
        return self

    def form(self, number: int) -> Locator:
        return self.page.locator(f"#q{number}")

    def tap(self, number: int, option: int | None = None) -> None:
        label = self.form(number).locator(".answer").nth((number if option is None else option) % 4)
        option_id = label.locator("input").get_attribute("value") or ""  # read before: the tap may end the page
        label.click()
        self.tapped[number - 1] = [option_id]

    def answer(self, first: int, last: int) -> None:
        """Questions `first` … `last`, each tapped and left by its own button; ends at the one after `last`."""
        for number in range(first, last + 1):
            self.tap(number)
            self.form(number).locator("button[name=next]").click()

    @property
    def banner(self) -> Locator:
        return self.page.locator("[data-lost]")

    @property
    def question_in_view(self) -> str:
        return self.page.locator("[data-number]").inner_text()

    @property
    def seconds_left(self) -> int:
        minutes, seconds = re.findall(r"\d+", self.page.locator("[data-clock]").inner_text())
        return int(minutes) * 60 + int(seconds)

    @property
    def saved(self) -> dict[int, list[str]]:
        return dict(self.attempt.answers.values_list("place", "given"))

    @property
    def late(self) -> dict[int, list[str]]:
        return dict(self.attempt.late_answers.values_list("place", "given"))


def within(seconds: float, holds: Callable[[], bool], page: Page | None = None) -> float:
    """Seconds until `holds()`; an assertion error if it takes longer. The page goes on living meanwhile."""
    begun = time.monotonic()
    while not holds():
        waited = time.monotonic() - begun
        assert waited < seconds, f"not within {seconds} s"
        if page is None:
            time.sleep(0.05)
        else:
            page.wait_for_timeout(50)
    return time.monotonic() - begun
