"""Giving an outage back: exactly what was lost, never less time than before, the full time of an attempt unchanged."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.outage import NOTHING, Run, Stretch, give_back, lost
from tests.quizzes.makers import NOON

MINUTE = timedelta(minutes=1)
moments = st.integers(0, 600).map(lambda minutes: NOON + minutes * MINUTE)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    started = draw(moments)
    deadline = started + draw(st.integers(1, 60)) * MINUTE
    kind = draw(st.sampled_from(["open", "member", "server"]))
    if kind == "open":
        return Run(started, deadline)
    if kind == "server":
        return Run(started, deadline, deadline, by_server=True)
    return Run(started, deadline, started + (deadline - started) * draw(st.floats(0, 1)))


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    begins = draw(moments)
    return Stretch(begins, begins + draw(st.integers(1, 90)) * MINUTE)


def at(minutes: float) -> datetime:
    return NOON + minutes * MINUTE


def test_an_open_attempt_gets_the_part_in_which_its_clock_ran() -> None:
    shared = {"closes_at": at(120), "now": at(12)}
    assert give_back(Run(at(0), at(15)), Stretch(at(5), at(10)), **shared).deadline_at == at(20)  # type: ignore[union-attr, arg-type]  # given
    assert give_back(Run(at(8), at(23)), Stretch(at(5), at(10)), **shared).deadline_at == at(25)  # type: ignore[union-attr, arg-type]  # given
    assert give_back(Run(at(10), at(25)), Stretch(at(5), at(10)), **shared) is None  # type: ignore[arg-type]  # began after it


def test_what_the_server_closed_is_open_again_with_the_lost_time_from_now_on() -> None:
    share = give_back(Run(at(0), at(15), at(15), by_server=True), Stretch(at(5), at(20)), closes_at=at(60), now=at(25))
    assert share is not None
    assert (share.deadline_at, share.reopened) == (at(35), True)
    assert share.deadline_at - at(0) - share.pause == 15 * MINUTE


def test_past_the_rounds_end_and_the_outage_nothing_is_reopened() -> None:
    run, outage = Run(at(0), at(15), at(15), by_server=True), Stretch(at(5), at(20))
    share = give_back(run, outage, closes_at=at(15), now=at(25))
    assert share is not None
    assert share.deadline_at == at(30)
    assert give_back(run, outage, closes_at=at(15), now=at(30)) is None


def test_what_was_handed_in_keeps_its_end_and_loses_the_outage_from_its_duration() -> None:
    share = give_back(Run(at(0), at(15), at(12)), Stretch(at(5), at(10)), closes_at=at(60), now=at(20))
    assert share is not None
    assert (share.deadline_at, share.pause, share.reopened) == (at(15), 5 * MINUTE, False)


@given(runs(), stretches(), moments, moments)
def test_nobody_gets_less_than_before_and_the_full_time_stays(
    run: Run, outage: Stretch, closes_at: datetime, now: datetime
) -> None:
    share = give_back(run, outage, closes_at=closes_at, now=now)
    if share is None:
        return
    assert NOTHING < lost(run, outage) <= outage.length
    assert share.deadline_at >= run.deadline_at
    if run.submitted_at is not None and not run.by_server:
        assert share.deadline_at == run.deadline_at
        assert share.pause <= run.submitted_at - run.started_at
        return
    assert share.deadline_at - run.started_at - share.pause == run.deadline_at - run.started_at
    assert share.deadline_at <= closes_at + outage.length
    assert share.deadline_at > now
    assert share.deadline_at - max(now, run.deadline_at) <= lost(run, outage)


@given(runs(), stretches(), st.integers(0, 30), moments)
def test_a_longer_outage_never_gives_less(run: Run, outage: Stretch, more: int, now: datetime) -> None:
    longer = Stretch(outage.begins_at, outage.ends_at + more * MINUTE)
    assert lost(run, longer) >= lost(run, outage)
    short, long = (give_back(run, one, closes_at=at(600), now=now) for one in (outage, longer))
    if short is not None:
        assert long is not None
        assert long.deadline_at >= short.deadline_at
