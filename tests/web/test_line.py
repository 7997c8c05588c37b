"""The line before the pages: whoever came first goes in first, nobody is lost, nothing grows without an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.web.line import Full, Line


def test_with_room_nobody_waits() -> None:
    line = Line(at_once=2)
    assert line.is_open(0)
    line.enter(None, 0)
    line.enter(None, 0)
    assert not line.is_open(0)
    line.leave()
    assert line.is_open(0)


def full_line(people: int = 3) -> Line:
    line = Line(at_once=1)
    line.enter(None, 0)
    assert [line.ask(person, 0) for person in range(people)] == list(range(1, people + 1))
    return line


def test_loading_again_keeps_the_place_and_jumps_nobody() -> None:
    line = full_line()
    for _ in range(5):
        assert line.ask(2, 1) == 3
    line.leave()
    assert [line.ask(person, 1) for person in range(3)] == [0, 1, 2]
    assert not line.is_open(1)  # the room is kept for the one who was called


def test_who_was_called_and_does_not_come_holds_nobody_up_and_is_next_when_she_does() -> None:
    line = full_line()
    line.leave()
    assert line.ask(0, 1) == 0
    assert [line.ask(person, 10) for person in (1, 2)] == [1, 2]
    assert line.ask(1, 30) == 0  # 0 has not come for 29 seconds
    assert line.ask(0, 30) == 1  # before 2, who came later
    assert line.ask(2, 30) == 2


def test_who_has_stopped_asking_is_passed_over() -> None:
    line = full_line()
    assert line.ask(2, 60) == 3
    line.leave()
    assert line.ask(2, 61) == 0


def test_a_place_of_another_process_is_a_place_here() -> None:
    line = Line(at_once=1)
    line.enter(None, 0)
    assert line.ask(20, 0) == 1
    assert line.ask(10, 0) == 1  # came earlier, and asked elsewhere first
    assert line.ask(20, 0) == 2


def test_the_number_of_those_who_wait_is_bounded_and_the_absent_make_room() -> None:
    line = Line(at_once=1, most=2)
    line.enter(None, 0)
    line.ask(1, 0)
    line.ask(2, 0)
    with pytest.raises(Full):
        line.ask(3, 0)
    assert line.ask(3, 100) == 1  # 1 and 2 have gone


@given(st.lists(st.sampled_from(["come", "ask", "enter", "leave"]), max_size=80), st.integers(1, 4))
def test_at_most_so_many_are_inside_and_they_go_in_as_they_came(moves: list[str], at_once: int) -> None:
    line, newest, waiting, entered, now = Line(at_once=at_once), 0, [], [], 0.0
    for move in moves:
        now += 0.1  # everybody asks often enough: nobody is passed over
        if move == "come":
            newest += 1
            waiting.append(newest)
            line.ask(newest, now)
        elif move == "ask":
            places = [line.ask(person, now) for person in waiting]
            assert [place for place in places if place] == list(range(1, len([p for p in places if p]) + 1))
            assert places == sorted(places)
        elif move == "enter" and waiting and line.ask(waiting[0], now) == 0:
            entered.append(waiting.pop(0))
            line.enter(entered[-1], now)
        elif move == "leave" and line.inside:
            line.leave()
        assert line.inside <= at_once
    assert entered == sorted(entered)
    for _ in range(len(waiting) * 2):  # and all come in
        now += 0.1
        for person in list(waiting):
            if line.ask(person, now) == 0:
                waiting.remove(person)
                line.enter(person, now)
                line.leave()
        while line.inside:
            line.leave()
    assert not waiting
