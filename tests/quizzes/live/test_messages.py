"""Whatever bytes come to the doors of answers: a clean refusal, or a message that says what it says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.actions.answers import Given
from quizzes.live.messages import MOST_ANSWERS, Answers, Malformed, Ping, given_of, read_json, read_message
from quizzes.live.ticket import read_ticket

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)
places = st.fixed_dictionaries(
    {}, optional={"place": anything, "seq": anything, "options": st.lists(anything, max_size=3) | anything}
)
almost = st.fixed_dictionaries(
    {"t": st.sampled_from(["answers", "ping", "saved", ""]) | anything},
    optional={"n": st.integers(-1, 5) | anything, "answers": st.lists(places, max_size=3) | anything},
)


def read_or_refuse(text: str) -> Ping | Answers | None:
    try:
        return read_message(text)
    except Malformed:
        return None


@given(st.text() | anything.map(json.dumps) | almost.map(json.dumps))
def test_any_text_is_a_message_or_refused(text: str) -> None:
    message = read_or_refuse(text)
    if isinstance(message, Answers):
        document = json.loads(text)
        assert message.number == document["n"]
        assert [(one.place, one.seq, list(one.options)) for one in message.given] == [
            (one["place"], one["seq"], one["options"]) for one in document["answers"]
        ]


@given(st.binary() | anything.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_an_object_or_refused(body: bytes) -> None:
    try:
        document = read_json(body)
    except Malformed:
        return
    assert isinstance(document, dict)


@given(st.text())
def test_no_invented_text_is_a_ticket(text: str) -> None:
    assert read_ticket(text) is None


def message(*answers: Any, n: Any = 1) -> str:
    return json.dumps({"t": "answers", "n": n, "answers": list(answers)})


def test_a_message_is_read_whole() -> None:
    text = message({"place": 3, "seq": 9, "options": ["b", "d"]}, {"place": 0, "seq": 10, "options": []}, n=7)
    assert read_message(text) == Answers(7, [Given(3, ("b", "d"), 9), Given(0, (), 10)])
    assert read_message('{"t":"ping"}') == Ping()


@pytest.mark.parametrize("nested", ["[" * 50_000, '{"t":' * 20_000, '{"t":"answers","n":1,"answers":' + "[" * 50_000])
def test_brackets_without_end_are_refused(nested: str) -> None:
    assert read_or_refuse(nested) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": True, "seq": 1, "options": []},
        {"place": 1.0, "seq": 1, "options": []},
        {"place": 1, "seq": "1", "options": []},
        {"place": 1, "seq": 1, "options": "a"},
        {"place": 1, "seq": 1, "options": [1]},
        {"place": 1, "seq": 1, "options": ["a"] * 51},
        {"place": 1, "seq": 1},
        [],
        None,
    ],
)
def test_one_wrong_answer_refuses_its_message_and_names_it(wrong: Any) -> None:
    with pytest.raises(Malformed) as refusal:
        read_message(message({"place": 0, "seq": 1, "options": []}, wrong, n=4))
    assert refusal.value.number == 4


@pytest.mark.parametrize("n", [-1, 2**31, 1.5, True, None, "1"])
def test_a_message_needs_a_number(n: Any) -> None:
    assert read_or_refuse(message(n=n)) is None


def test_more_answers_than_any_paper_has_are_refused() -> None:
    answers = [{"place": place, "seq": 1, "options": []} for place in range(MOST_ANSWERS + 1)]
    assert len(given_of({"answers": answers[:-1]})) == MOST_ANSWERS
    with pytest.raises(Malformed):
        given_of({"answers": answers})
