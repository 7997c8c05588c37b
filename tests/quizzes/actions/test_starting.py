from datetime import timedelta

import pytest

from lms.people.models import PersonClass
from quizzes.actions.attempts import Refused, start_attempt, submit_attempt
from quizzes.models import Attempt, ContestState
from tests.cast import Cast
from tests.factories import make_member
from tests.quizzes.attempts import at_once, open_contest
from tests.quizzes.makers import DAY, NOON


def test_a_start_draws_a_paper_and_stamps_the_union_of_the_day(cast: Cast) -> None:
    contest = open_contest(cast.province)
    started = start_attempt(cast.lan, contest.rounds.get(), now=NOON, seed=7)
    attempt = Attempt.objects.get()
    assert started.new
    assert attempt == started.attempt
    assert (attempt.number, attempt.unit_id, attempt.unit_path) == (1, cast.may.unit_id, cast.may.path)
    assert attempt.person_class == PersonClass.MEMBER
    assert (attempt.started_at, attempt.deadline_at) == (NOON, NOON + timedelta(minutes=15))
    pool = sorted(contest.pool.values_list("version_id", flat=True))
    assert sorted(place["version"] for place in attempt.paper) == pool
    assert [sorted(place["options"]) for place in attempt.paper] == [list("abcd")] * 4


def test_a_round_that_closes_sooner_ends_the_attempt(cast: Cast) -> None:
    contest = open_contest(cast.province)
    now = NOON + DAY - timedelta(minutes=3)
    assert start_attempt(cast.lan, contest.rounds.get(), now=now, seed=7).attempt.deadline_at == NOON + DAY


def test_starting_again_goes_on_with_the_open_attempt(cast: Cast) -> None:
    round = open_contest(cast.province).rounds.get()
    first = start_attempt(cast.lan, round, now=NOON, seed=7)
    again = start_attempt(cast.lan, round, now=NOON + timedelta(minutes=5), seed=8)
    assert again.attempt == first.attempt
    assert not again.new
    assert again.attempt.deadline_at == NOON + timedelta(minutes=15)


def test_an_attempt_left_behind_is_closed_before_the_next_begins(cast: Cast) -> None:
    round = open_contest(cast.province).rounds.get()
    first = start_attempt(cast.lan, round, now=NOON, seed=7).attempt
    second = start_attempt(cast.lan, round, now=NOON + timedelta(minutes=16), seed=8).attempt
    first.refresh_from_db()
    assert (first.closed_by, second.number) == ("server", 2)


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [(-25, "Đợt thi này chưa mở"), (24, "Đợt thi này đã đóng"), (48, "Đợt thi này đã đóng")],
)
def test_a_closed_round_starts_nothing(cast: Cast, hours: int, sentence: str) -> None:
    round = open_contest(cast.province).rounds.get()
    with pytest.raises(Refused) as refused:
        start_attempt(cast.lan, round, now=NOON + timedelta(hours=hours), seed=7)
    assert str(refused.value.sentence).startswith(sentence)
    assert Attempt.objects.count() == 0


def test_one_attempt_too_many_is_refused(cast: Cast) -> None:
    round = open_contest(cast.province, attempts_per_round=2).rounds.get()
    for number in (1, 2):
        attempt = start_attempt(cast.lan, round, now=NOON, seed=number).attempt
        submit_attempt(attempt, now=NOON + timedelta(minutes=number))
    with pytest.raises(Refused) as refused:
        start_attempt(cast.lan, round, now=NOON, seed=3)
    assert str(refused.value.sentence).startswith("Anh/chị đã dùng hết lượt thi")
    assert Attempt.objects.count() == 2


def test_a_class_that_the_rules_leave_out_is_refused(cast: Cast) -> None:
    round = open_contest(cast.province, eligible=["full_time"]).rounds.get()
    with pytest.raises(Refused) as refused:
        start_attempt(cast.lan, round, now=NOON, seed=7)
    assert str(refused.value.sentence).startswith("Thể lệ cuộc thi này không dành cho")


def test_who_belongs_to_no_union_is_refused(cast: Cast) -> None:
    round = open_contest(cast.province).rounds.get()
    with pytest.raises(Refused) as refused:
        start_attempt(make_member("Người Ngoài"), round, now=NOON, seed=7)
    assert str(refused.value.sentence).startswith("Anh/chị chưa thuộc công đoàn nào")


def test_who_organises_a_contest_does_not_enter_it(cast: Cast) -> None:
    round = open_contest(cast.province, organiser=cast.lan).rounds.get()
    with pytest.raises(Refused) as refused:
        start_attempt(cast.lan, round, now=NOON, seed=7)
    assert str(refused.value.sentence).startswith("Người tổ chức cuộc thi không dự thi")


def test_a_draft_starts_nothing(cast: Cast) -> None:
    contest = open_contest(cast.province)
    contest.state = ContestState.DRAFT
    contest.save()
    with pytest.raises(Refused) as refused:
        start_attempt(cast.lan, contest.rounds.get(), now=NOON, seed=7)
    assert str(refused.value.sentence).startswith("Cuộc thi này chưa được công bố")


def test_fifty_parallel_starts_make_one_attempt(real_cast: Cast) -> None:
    contest = open_contest(real_cast.province)
    round = contest.rounds.select_related("contest").get()
    results = at_once(50, lambda seed: start_attempt(real_cast.lan, round, now=NOON, seed=seed).attempt.pk)
    assert set(results) == {Attempt.objects.get().pk}
