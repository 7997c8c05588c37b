"""A person erased, two accounts merged: attempts stay whole."""

from quizzes.actions.people import erase, merge
from quizzes.keeping import personal_data, unit_consequences
from quizzes.models import Answer, Attempt, Incident
from tests.cast import Cast
from tests.quizzes.makers import HOUR, NOON, make_attempt, make_contest


def numbers(member_id: int) -> list[tuple[int, int]]:
    return list(Attempt.objects.filter(member_id=member_id).order_by("number").values_list("pk", "number"))


def test_merging_numbers_attempts_in_the_order_in_which_they_began(cast: Cast) -> None:
    contest = make_contest(cast.province)
    late = make_attempt(contest, cast.lan, started_at=NOON - HOUR)
    early = make_attempt(contest, cast.chau, number=1, started_at=NOON - 3 * HOUR)
    middle = make_attempt(contest, cast.chau, number=2, started_at=NOON - 2 * HOUR)
    merge(cast.lan.pk, cast.chau.pk)
    assert numbers(cast.lan.pk) == [(early.pk, 1), (middle.pk, 2), (late.pk, 3)]
    assert numbers(cast.chau.pk) == []


def test_merging_two_open_attempts_leaves_one_open(cast: Cast) -> None:
    contest = make_contest(cast.province)
    kept = make_attempt(contest, cast.lan, submitted_at=None)
    dropped = make_attempt(contest, cast.chau, submitted_at=None)
    Answer.objects.create(attempt=dropped, place=0, given=["a"], seq=1, points=1, arrived_at=NOON)
    merge(cast.lan.pk, cast.chau.pk)
    dropped.refresh_from_db()
    assert list(Attempt.objects.filter(submitted_at__isnull=True)) == [kept]
    assert (dropped.submitted_at, dropped.closed_by, dropped.duration_ms) == (dropped.deadline_at, "server", 900_000)
    assert (dropped.score, dropped.answered) == (1, 1)


def test_erasing_takes_the_persons_words_and_leaves_the_totals(cast: Cast) -> None:
    attempt = make_attempt(make_contest(cast.province, organiser=cast.lan), cast.lan, score=2)
    Incident.objects.create(attempt=attempt, text="Mất mạng", reported_at=NOON)
    erase(cast.lan.pk)
    assert (Incident.objects.get().text, Attempt.objects.get().score) == ("", 2)
    assert attempt.round.contest.__class__.objects.get().organiser is None


def test_personal_data_lists_attempts_and_reports_and_no_paper(cast: Cast) -> None:
    attempt = make_attempt(make_contest(cast.province), cast.lan)
    Incident.objects.create(attempt=attempt, text="Mất mạng", reported_at=NOON)
    rows = personal_data(cast.lan.pk)
    assert [sorted(map(str, row.values()))[-1] for row in rows] == ["Tìm hiểu Luật Công đoàn", "Mất mạng"]
    assert personal_data(cast.chau.pk) == []


def test_consequences_count_what_a_unit_holds(cast: Cast) -> None:
    contest = make_contest(cast.may)
    make_attempt(contest, cast.lan, unit=cast.may.unit)
    assert unit_consequences(cast.may.unit_id) == {"attempts": 1, "contests": 1}
