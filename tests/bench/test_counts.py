"""What is lost or doubled is read in the database, whatever a client was told."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from lms.demo.bench import counts, people, place
from lms.people.models import Member
from quizzes.actions.answers import Given, save_answers
from quizzes.models import Answer, Attempt, LateAnswer
from tests.cast import Cast

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def begun(cast: Cast) -> list[dict[str, int]]:
    place.open_contest(cast.organiser, cast.province.unit_id, now=NOW)
    return people.begin(2, now=NOW)


def test_an_answer_counts_once_it_stands_and_is_lost_when_it_does_not(begun: list[dict[str, int]]) -> None:
    one, other = (entrant["attempt"] for entrant in begun)
    save_answers(one, [Given(0, ("a",), 1), Given(1, ("b",), 2)], arrived_at=NOW)
    save_answers(other, [Given(0, ("c",), 1)], arrived_at=NOW)
    sent = [(one, 0, 1, "a"), (one, 1, 2, "b"), (other, 0, 1, "c")]
    whole = counts.answers(sent)

    Answer.objects.filter(attempt=one, place=1).delete()
    Answer.objects.filter(attempt=other).update(given=["d"])

    assert whole == {"sent": 3, "accepted": 3, "lost": 0, "doubled": 0, "late": 0}
    assert counts.answers(sent) == {"sent": 3, "accepted": 1, "lost": 2, "doubled": 0, "late": 0}


def test_an_answer_that_is_both_kept_and_refused_is_doubled(begun: list[dict[str, int]]) -> None:
    one = begun[0]["attempt"]
    save_answers(one, [Given(0, ("a",), 1)], arrived_at=NOW)
    LateAnswer.objects.create(attempt_id=one, place=0, seq=1, given=["a"], arrived_at=NOW)

    assert counts.answers([(one, 0, 1, "a")])["doubled"] == 1


def test_a_second_attempt_of_one_person_is_doubled(begun: list[dict[str, int]]) -> None:
    first = Attempt.objects.get(pk=begun[0]["attempt"])
    Attempt.objects.filter(pk=first.pk).update(submitted_at=NOW)
    first.pk, first.number = None, 2
    first.save()

    assert counts.handed_in([first.member_id]) == {"begun": 2, "handed_in": 1, "answers": 0, "doubled": 1}


def test_a_move_is_one_version(begun: list[dict[str, int]]) -> None:
    moved = counts.moves(since=NOW)

    assert (len(moved["stamps"]), moved["version"]) == (2, 2)


@pytest.mark.django_db
def test_a_database_that_is_not_the_benchs_is_left_alone() -> None:
    with pytest.raises(CommandError, match="may hold real people"):
        call_command("bench_data")

    assert not Member.objects.exists()
