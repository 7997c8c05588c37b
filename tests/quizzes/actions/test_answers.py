from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.actions.answers import MAX_SEQ
from quizzes.actions.attempts import Given, ImpossibleAnswer, save_answers, start_attempt, submit_attempt
from quizzes.models import Answer, Attempt, LateAnswer
from tests.cast import Cast
from tests.quizzes.attempts import at_once, open_contest, right_option, saved_in, tap, wrong_option
from tests.quizzes.makers import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def attempt(cast: Cast) -> Attempt:
    return start_attempt(cast.lan, open_contest(cast.province).rounds.get(), now=NOON, seed=7).attempt


def test_an_answer_is_kept_with_its_points_and_its_moment(attempt: Attempt) -> None:
    sent = [tap(0, right_option(attempt, 0), 5), tap(2, wrong_option(attempt, 2), 6)]
    saved = save_answers(attempt.pk, sent, arrived_at=NOON + MINUTE)
    assert (saved.kept, saved.late, saved.newer, saved.submitted) == (sent, [], [], False)
    rows = [(one.place, one.given, one.seq, one.points, one.arrived_at) for one in attempt.answers.order_by("place")]
    assert rows == [
        (0, [right_option(attempt, 0)], 5, Decimal(1), NOON + MINUTE),
        (2, [wrong_option(attempt, 2)], 6, Decimal(0), NOON + MINUTE),
    ]


def test_a_repeated_answer_changes_nothing(attempt: Attempt) -> None:
    save_answers(attempt.pk, [tap(0, "a", 5)], arrived_at=NOON + MINUTE)
    again = save_answers(attempt.pk, [tap(0, "a", 5)], arrived_at=NOON + 2 * MINUTE)
    assert again.kept == [tap(0, "a", 5)]
    assert attempt.answers.get().arrived_at == NOON + MINUTE


def test_an_older_answer_changes_nothing_and_learns_what_stands(attempt: Attempt) -> None:
    save_answers(attempt.pk, [tap(0, "b", 9)], arrived_at=NOON + MINUTE)
    older = save_answers(attempt.pk, [tap(0, "a", 5), tap(1, "c", 6)], arrived_at=NOON + 2 * MINUTE)
    assert (older.kept, older.newer) == ([tap(1, "c", 6)], [tap(0, "b", 9)])
    assert saved_in(attempt) == {0: ["b"], 1: ["c"]}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_order_and_repetition_ends_in_the_newest_answer_of_each_place(
    attempt: Attempt, data: st.DataObject
) -> None:
    Answer.objects.filter(attempt=attempt).delete()
    options = data.draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abcd")), min_size=1, max_size=12))
    taps = [tap(place, option, seq) for seq, (place, option) in enumerate(options, start=1)]
    sent = data.draw(st.permutations(taps + data.draw(st.lists(st.sampled_from(taps)))))
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        save_answers(attempt.pk, sent[:size], arrived_at=NOON + MINUTE)
        sent = sent[size:]
    assert saved_in(attempt) == {one.place: list(one.options) for one in taps}


def test_taking_an_answer_back_leaves_it_unanswered(attempt: Attempt) -> None:
    save_answers(attempt.pk, [tap(0, right_option(attempt, 0), 1)], arrived_at=NOON)
    save_answers(attempt.pk, [Given(0, (), 2)], arrived_at=NOON)
    ended = submit_attempt(attempt, now=NOON + MINUTE)
    assert (ended.score, ended.answered) == (0, 0)


@pytest.mark.parametrize(
    "tampered",
    [
        Given(4, ("a",), 1),
        Given(-1, ("a",), 1),
        Given(0, ("z",), 1),
        Given(0, ("a", "b"), 1),
        Given(0, ("a",), 0),
        Given(0, ("a",), MAX_SEQ + 1),
    ],
)
def test_a_tampered_answer_saves_nothing_of_its_message(attempt: Attempt, tampered: Given) -> None:
    with pytest.raises(ImpossibleAnswer):
        save_answers(attempt.pk, [tap(1, "a"), tampered], arrived_at=NOON)
    assert saved_in(attempt) == {}


def test_the_last_moment_of_grace_counts_and_the_next_is_kept_as_late(attempt: Attempt) -> None:
    last = attempt.deadline_at + timedelta(seconds=15)
    assert save_answers(attempt.pk, [tap(0, "a", 1)], arrived_at=last).kept == [tap(0, "a", 1)]
    after = last + timedelta(milliseconds=1)
    for _ in range(2):
        late = save_answers(attempt.pk, [tap(0, "a", 1), tap(0, "b", 2), tap(1, "c", 3)], arrived_at=after)
        assert (late.kept, late.late, late.submitted) == ([], [tap(0, "b", 2), tap(1, "c", 3)], False)
    assert saved_in(attempt) == {0: ["a"]}
    kept_aside = LateAnswer.objects.order_by("place").values_list("place", "given", "seq", "arrived_at")
    assert list(kept_aside) == [(0, ["b"], 2, after), (1, ["c"], 3, after)]


def test_a_flood_of_late_answers_does_not_fill_the_trail(attempt: Attempt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizzes.actions.answers.MOST_LATE", 3)
    after = attempt.deadline_at + timedelta(minutes=1)
    refused = [save_answers(attempt.pk, [tap(0, "a", seq)], arrived_at=after).late for seq in range(1, 9)]
    assert refused == [[tap(0, "a", seq)] for seq in range(1, 9)]
    assert LateAnswer.objects.count() == 3


def test_answers_after_handing_in_change_nothing(attempt: Attempt) -> None:
    save_answers(attempt.pk, [tap(0, right_option(attempt, 0), 1)], arrived_at=NOON)
    submit_attempt(attempt, now=NOON + MINUTE)
    after = save_answers(attempt.pk, [tap(1, right_option(attempt, 1), 2)], arrived_at=NOON + 2 * MINUTE)
    assert (after.kept, after.late, after.submitted) == ([], [tap(1, right_option(attempt, 1), 2)], True)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.answered) == (1, 1)


def test_parallel_answers_of_one_place_end_in_the_newest(real_cast: Cast) -> None:
    attempt = start_attempt(real_cast.lan, open_contest(real_cast.province).rounds.get(), now=NOON, seed=7).attempt
    taps = [tap(seq % 4, "abcd"[seq % 3], seq) for seq in range(1, 41)]
    results = at_once(40, lambda index: save_answers(attempt.pk, [taps[index]], arrived_at=NOON).late)
    assert results == [[]] * 40
    assert saved_in(attempt) == {one.place: list(one.options) for one in taps}


def test_answers_racing_with_the_submission_count_or_are_late_but_never_both(real_cast: Cast) -> None:
    contest = open_contest(real_cast.province, questions=20)
    attempt = start_attempt(real_cast.lan, contest.rounds.get(), now=NOON, seed=7).attempt
    rights = [right_option(attempt, place) for place in range(20)]

    def deed(index: int) -> object:
        if index == 20:
            return submit_attempt(attempt, now=NOON + MINUTE)
        return save_answers(attempt.pk, [tap(index, rights[index])], arrived_at=NOON + MINUTE)

    results = at_once(21, deed)
    assert [one for one in results if isinstance(one, Exception)] == []
    attempt.refresh_from_db()
    assert attempt.score == attempt.answered == attempt.answers.count()
    assert attempt.answers.count() + attempt.late_answers.count() == 20
