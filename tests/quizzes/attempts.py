"""What tests of attempts share: a contest whose right options are known, and ways to answer it."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from lms.learning.actions import open_activity
from lms.people.models import UnitVersion
from quizzes.actions.attempts import Given
from quizzes.models import Attempt, Contest, QuestionVersion
from tests.quizzes.makers import make_contest, make_question


def open_contest(owner: UnitVersion, *, questions: int = 4, **changes: Any) -> Contest:
    """A published contest whose round is open at NOON; it counts in the ledger."""
    versions = [make_question(key=("abcd"[place % 4],)) for place in range(questions)]
    contest = make_contest(owner, versions=versions, questions=questions, **changes)
    open_activity(key=f"contest:{contest.pk}", kind="contest", title=contest.title, url="")
    return contest


def right_option(attempt: Attempt, place: int) -> str:
    return str(QuestionVersion.objects.get(pk=attempt.paper[place]["version"]).key[0])


def wrong_option(attempt: Attempt, place: int) -> str:
    return next(option for option in "abcd" if option != right_option(attempt, place))


def tap(place: int, option: str, seq: int = 1) -> Given:
    return Given(place, (option,), seq)


def at_once(number: int, deed: Callable[[int], object]) -> list[object]:
    """Call `deed(0)` … `deed(number - 1)` in as many threads, all let go at the same moment; errors are results."""
    gate, results = threading.Barrier(number), [None] * number  # type: list[object]

    def run(index: int) -> None:
        gate.wait()
        try:
            results[index] = deed(index)
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def saved_in(attempt: Attempt) -> dict[int, list[str]]:
    return {answer.place: answer.given for answer in attempt.answers.all()}
