"""The outage button: noticed, previewed, given once, traced, and taken back while nobody has used it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.audit.models import Event
from quizzes.actions.attempts import Refused, close_expired, save_answers, start_attempt, submit_attempt
from quizzes.actions.outages import give_outage_back, note_sign_of_life, take_outage_back
from quizzes.engine.outage import Stretch
from quizzes.models import Attempt, Contest, Outage, Round, Silence
from quizzes.queries.outages import is_used, preview_of, silences_of
from tests.cast import Cast
from tests.factories import make_member
from tests.quizzes.attempts import at_once, open_contest, right_option, tap
from tests.quizzes.makers import NOON, round_document

MINUTE = timedelta(minutes=1)


def at(minutes: float) -> datetime:
    return NOON + minutes * MINUTE


SILENT = Stretch(at(5), at(20))


def contest_of(cast: Cast) -> Contest:
    return open_contest(cast.province, rounds=[round_document(at(-60), at(60))])


def attempt_of(cast: Cast, one: Round, minute: float) -> Attempt:
    return start_attempt(make_member("Người thi", unit=cast.may), one, now=at(minute), seed=7).attempt


@pytest.fixture
def one(cast: Cast) -> Round:
    return contest_of(cast).rounds.get()


def test_a_silence_is_from_the_last_sign_of_life_to_the_next(db: None) -> None:
    for second in (0, 5, 10, 15, 100, 105):
        note_sign_of_life(NOON + timedelta(seconds=second))
    ended = Silence.objects.filter(ends_at__isnull=False).values_list("begins_at", "ends_at")
    assert list(ended) == [(NOON + timedelta(seconds=15), NOON + timedelta(seconds=100))]
    assert Silence.objects.get(ends_at__isnull=True).begins_at == NOON + timedelta(seconds=105)


def test_the_time_is_given_back_once_and_traced(cast: Cast, one: Round) -> None:
    open_one, cut_off, early = attempt_of(cast, one, 8), attempt_of(cast, one, 0), attempt_of(cast, one, -2)
    submit_attempt(early, now=at(21))  # after her time: closed by the server
    handed_in = attempt_of(cast, one, 4)
    submit_attempt(handed_in, now=at(7))
    later = attempt_of(cast, one, 21)
    close_expired(now=at(21))
    assert preview_of(one, SILENT, now=at(22)).attempts == 4
    first = give_outage_back(cast.organiser, one, SILENT, now=at(22))
    again = give_outage_back(cast.organiser, one, SILENT, now=at(23))
    assert again.pk == first.pk
    for attempt in (open_one, cut_off, early, handed_in, later):
        attempt.refresh_from_db()
    assert open_one.deadline_at == at(23) + 12 * MINUTE
    assert (cut_off.submitted_at, cut_off.deadline_at) == (None, at(22) + 10 * MINUTE)
    assert (early.submitted_at, early.deadline_at) == (None, at(22) + 8 * MINUTE)
    assert (handed_in.submitted_at, handed_in.duration_ms) == (at(7), 60_000)
    assert (later.deadline_at, later.pause_ms) == (at(36), 0)
    assert list(Event.objects.filter(verb="contest.outage").values_list("details__attempts", flat=True)) == [4]


def test_the_outage_is_in_nobodys_duration(cast: Cast, one: Round) -> None:
    attempt, closed = attempt_of(cast, one, 0), attempt_of(cast, one, 0)
    give_outage_back(cast.organiser, one, Stretch(at(5), at(10)), now=at(11))
    assert submit_attempt(attempt, now=at(17)).duration_ms == 12 * 60_000
    assert close_expired(now=at(21)) == 1
    closed.refresh_from_db()
    assert (closed.submitted_at, closed.duration_ms) == (at(20), 15 * 60_000)


def test_a_reopened_attempt_takes_answers_again(cast: Cast, one: Round) -> None:
    attempt = attempt_of(cast, one, 0)
    close_expired(now=at(21))
    give_outage_back(cast.organiser, one, SILENT, now=at(22))
    saved = save_answers(attempt.pk, [tap(0, right_option(attempt, 0))], arrived_at=at(25))
    assert len(saved.kept) == 1
    ended = submit_attempt(attempt, now=at(26))
    assert (ended.score, ended.duration_ms, ended.closed_by) == (1, 9 * 60_000, "member")  # five before, four after


def test_who_has_begun_another_attempt_keeps_that_one(cast: Cast, one: Round) -> None:
    attempt = attempt_of(cast, one, 0)
    close_expired(now=at(21))
    start_attempt(attempt.member, one, now=at(21), seed=8)
    assert give_outage_back(cast.organiser, one, SILENT, now=at(22)).given == []


def test_it_can_be_taken_back_until_somebody_uses_it(cast: Cast, one: Round) -> None:
    attempt, handed_in = attempt_of(cast, one, 0), attempt_of(cast, one, 0)
    submit_attempt(handed_in, now=at(12))
    before = list(Attempt.objects.order_by("pk").values())
    made = give_outage_back(cast.organiser, one, Stretch(at(5), at(10)), now=at(13))
    take_outage_back(cast.organiser, made, now=at(14))
    take_outage_back(cast.organiser, made, now=at(14))
    assert list(Attempt.objects.order_by("pk").values()) == before
    assert not Outage.objects.exists()
    made = give_outage_back(cast.organiser, one, Stretch(at(5), at(10)), now=at(13))
    assert not is_used(made, now=at(15))
    with pytest.raises(Refused):
        take_outage_back(cast.organiser, made, now=at(16))  # she works on after her old deadline
    assert Attempt.objects.get(pk=attempt.pk).deadline_at == at(20)


def test_an_answer_in_a_reopened_attempt_is_using_it(cast: Cast, one: Round) -> None:
    attempt = attempt_of(cast, one, 0)
    close_expired(now=at(21))
    made = give_outage_back(cast.organiser, one, SILENT, now=at(22))
    assert not is_used(made, now=at(30))
    save_answers(attempt.pk, [tap(0, "a")], arrived_at=at(25))
    assert is_used(made, now=at(30))


def test_half_of_it_twice_is_refused_and_so_is_a_closed_round(cast: Cast, one: Round) -> None:
    attempt_of(cast, one, 0)
    give_outage_back(cast.organiser, one, Stretch(at(5), at(10)), now=at(11))
    for begins, ends in ((at(6), at(8)), (at(10), at(9)), (at(10.5), at(12))):
        with pytest.raises(Refused):
            give_outage_back(cast.organiser, one, Stretch(begins, ends), now=at(11))
    one.closed_at = at(11)
    one.save()
    with pytest.raises(Refused):
        give_outage_back(cast.organiser, one, Stretch(at(1), at(2)), now=at(12))


def test_a_round_stays_open_for_half_an_hour_after_an_outage_at_its_end(cast: Cast, one: Round) -> None:
    note_sign_of_life(at(55))
    close_expired(now=at(70))  # before the first sign of life after it
    note_sign_of_life(at(70))
    close_expired(now=at(71))
    one.refresh_from_db()
    assert one.closed_at is None
    assert [stretch.ends_at for stretch in silences_of(one, now=at(71))] == [at(70)]
    close_expired(now=at(101))
    one.refresh_from_db()
    assert one.closed_at == at(101)


def test_twenty_presses_at_once_give_once(real_cast: Cast) -> None:
    one = contest_of(real_cast).rounds.get()
    attempt = attempt_of(real_cast, one, 0)
    outage = Stretch(at(5), at(10))
    made = at_once(20, lambda _: give_outage_back(real_cast.organiser, one, outage, now=at(11)).pk)
    assert len(set(made)) == 1
    attempt.refresh_from_db()
    assert (attempt.deadline_at, attempt.pause_ms) == (at(20), 300_000)


def test_the_organisers_page_shows_the_silence_and_gives_it_back(cast: Cast) -> None:
    now = timezone.now()
    contest = open_contest(cast.province, rounds=[round_document(now - 60 * MINUTE, now + 60 * MINUTE)])
    attempt = start_attempt(cast.lan, contest.rounds.get(), now=now - 10 * MINUTE, seed=7).attempt
    Silence.objects.create(begins_at=now - 8 * MINUTE, ends_at=now - 3 * MINUTE)
    client = Client()
    client.force_login(cast.organiser)
    address = f"/contests/{contest.slug}/rounds/1/outage/"
    assert address in client.get(f"/contests/{contest.slug}/organise/").content.decode()
    shown = client.get(address).context["previews"]
    assert [(one.attempts, one.reopened, one.most_minutes) for one in shown] == [(1, 0, 5)]
    outage = shown[0].outage
    form = {"begins_at": outage.begins_at.isoformat(), "ends_at": outage.ends_at.isoformat()}
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    given = Attempt.objects.get()
    assert given.deadline_at - attempt.deadline_at == 5 * MINUTE
    page = client.get(address)
    assert page.context["previews"] == []
    client.post(address, {"undo": Outage.objects.get().pk})
    assert Attempt.objects.get().deadline_at == attempt.deadline_at
    assert client.post(address, {"begins_at": "x", "ends_at": ""}).status_code == 400
