"""A rehearsal with few people: on a copy, to the end, and the real database as it was."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from lms.keep.actions.sentences import Refused
from lms.keep.actions.stage import set_stage
from lms.keep.engine import verdict
from quizzes.models import Attempt
from tests.cast import make_cast
from tests.house.source import ROOT
from tests.quizzes.makers import make_contest


@pytest.mark.timeout(300)
def test_a_few_people_play_opening_night_on_a_copy(place: Path, elsewhere: dict[str, str]) -> None:
    cast = make_cast()
    make_contest(cast.province, organiser=cast.organiser)
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    command = [sys.executable, "manage.py", "rehearse", "--people", "6", "--seconds", "1", "--most", "200"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | elsewhere, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(re.findall(r"\b6\b", done.stdout)) >= 4  # all six signed in, and all six started
    assert Attempt.objects.count() == 0
    assert list(place.glob("rehearsal-*")) == []


def test_no_stage_is_set_on_a_real_database(place: Path) -> None:
    with pytest.raises(Refused):
        set_stage(5, now=timezone.now())


def test_the_pace_is_that_between_the_first_and_the_last_start() -> None:
    found = verdict.of([10.0, 10.5, 11.0, 11.5, 12.0], [0.1, 0.2, 0.3, 0.4, 0.5], people=5, failures=0)

    assert (found.per_minute, found.bears, found.slow) == (120, True, 0.5)


@pytest.mark.parametrize(
    ("starts", "took", "people", "failures"),
    [([], [], 5, 5), ([1.0, 2.0], [0.1, 0.1], 3, 0), ([1.0, 2.0], [0.1, 0.1], 2, 1), ([1.0, 2.0], [30.0, 30.0], 2, 0)],
)
def test_a_machine_that_leaves_anybody_outside_does_not_bear_it(
    starts: list[float], took: list[float], people: int, failures: int
) -> None:
    assert not verdict.of(starts, took, people=people, failures=failures).bears
