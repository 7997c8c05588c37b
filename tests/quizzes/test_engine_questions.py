"""Questions and files of questions: what can be asked, what is pinned, what is refused with its place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.bank_file import BankFileError, read
from quizzes.engine.question import Choice, Content, faults, lettered
from quizzes.engine.scoring import MULTIPLE, SINGLE, TRUE_FALSE


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "Q01", "stem": "Một cộng một?", "options": ["Một", "Hai"], "answer": 1} | changes


def wrong(raw: bytes) -> list[tuple[str, str]]:
    with pytest.raises(BankFileError) as caught:
        read(raw)
    return [(problem.where, problem.code) for problem in caught.value.problems]


def packed(*rows: Any) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "text",
    [
        "Tất cả các đáp án trên",
        "Tất cả đều đúng.",
        "Cả A, B, C",
        "Cả a, b và c đều đúng",
        "Cả ba phương án trên",
        "Không có đáp án nào đúng",
        "Không phương án nào đúng",
        "Cả 3 đáp án trên".replace("3", "ba"),
    ],
)
def test_an_option_about_the_others_keeps_its_place(text: str) -> None:
    assert [option.pinned for option in lettered(["Một", "Hai", "Ba", text])] == [False, False, False, True]


@pytest.mark.parametrize("text", ["A và B", "Cả A và C", "Đáp án A, B"])
def test_no_option_moves_when_one_names_some_of_them_by_letter(text: str) -> None:
    assert [option.pinned for option in lettered(["Một", "Hai", "Ba", text])] == [True, True, True, True]


@pytest.mark.parametrize(
    "text", ["Cả nước", "Tất cả cán bộ công đoàn", "Không quy định", "Cả năm 2025", "Điểm a khoản 1", "100%"]
)
def test_an_ordinary_option_may_move(text: str) -> None:
    assert [option.pinned for option in lettered(["Một", "Hai", text])] == [False, False, False]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (Content(SINGLE, " ", lettered("ab"), ("a",)), [("stem", "question_empty")]),
        (Content(SINGLE, "?", lettered("a"), ("a",)), [("options", "options_count")]),
        (Content(SINGLE, "?", lettered(["x", " "]), ("a",)), [("options", "option_empty")]),
        (Content(SINGLE, "?", lettered(["Đúng ", "đúng"]), ("a",)), [("options", "options_equal")]),
        (Content(SINGLE, "?", lettered("xy"), ()), [("key", "key_missing")]),
        (Content(SINGLE, "?", lettered("xy"), ("c",)), [("key", "key_missing")]),
        (Content(SINGLE, "?", lettered("xy"), ("a", "b")), [("key", "key_one")]),
        (Content(TRUE_FALSE, "?", lettered("xyz"), ("a",)), [("options", "true_false_two")]),
        (Content("essay", "?", lettered("xy"), ("a",)), [("kind", "no_choice")]),
        (Content(SINGLE, "?", lettered("xy"), ("a",), source="x" * 301), [("source", "too_long")]),
        (Content(MULTIPLE, "?", lettered("xy"), ("a", "b")), []),
    ],
)
def test_faults_names_what_keeps_it_from_being_a_question(content: Content, expected: list[tuple[str, str]]) -> None:
    assert [(problem.where, problem.code) for problem in faults(content)] == expected


def test_read_takes_a_file_in_order() -> None:
    first, second = read(packed(row(topic="Luật"), row(id="Q02", answer=[0, 1], verify=True)))
    assert (first.code, first.topic, first.verify) == ("Q01", "Luật", False)
    assert first.content == Content(SINGLE, "Một cộng một?", (Choice("a", "Một"), Choice("b", "Hai")), ("b",))
    assert (second.content.kind, second.content.key, second.verify) == (MULTIPLE, ("a", "b"), True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_read_takes_every_unicode_file(encoding: str) -> None:
    raw = json.dumps([row()], ensure_ascii=False).encode(encoding)
    assert read(raw) == read(packed(row()))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", [("", "unreadable")]),
        (b"[{", [("", "not_json")]),
        ("[{}]\nnghị".encode("cp1258", "replace") + b"\xd2", [("", "unreadable")]),
        (b"{}", [("", "not_a_list_of_questions")]),
        (b"[]", [("", "not_a_list_of_questions")]),
        (b"[" * 100_000, [("", "not_a_list_of_questions")]),
        (packed("Q01"), [("1", "question_not_a_mapping")]),
        (packed({"id": "Q01"}), [("1 (Q01)", "key_of_file_missing")] * 3),
        (packed(row(stem=5)), [("1 (Q01)", "not_text_in_file")]),
        (packed(row(options="ab")), [("1 (Q01)", "options_unfit")]),
        (packed(row(options=list("abcdefghi"))), [("1 (Q01)", "options_count")]),
        (packed(row(answer=2)), [("1 (Q01)", "answer_out_of_range")]),
        (packed(row(answer=True)), [("1 (Q01)", "answer_unfit")]),
        (packed(row(answer=[])), [("1 (Q01)", "answer_unfit")]),
        (packed(row(answer=[0, 0])), [("1 (Q01)", "key_missing")]),
        (packed(row(verify="no")), [("1 (Q01)", "verify_unfit")]),
        (packed(row(id=" ")), [("1", "code_unfit")]),
        (packed(row(), row()), [("2 (Q01)", "code_doubled")]),
        (packed(row(options=["Một", "một "])), [("1 (Q01)", "options_equal")]),
    ],
)
def test_read_names_the_fault_and_its_place(raw: bytes, expected: list[tuple[str, str]]) -> None:
    assert wrong(raw) == expected


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_read_answers_any_bytes_with_entries_or_problems(raw: bytes) -> None:
    try:
        entries = read(raw)
    except BankFileError:
        entries = ()
    assert entries == ()


scraps = st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=5)
mess = scraps | st.lists(scraps, max_size=4) | st.dictionaries(st.text(max_size=2), scraps, max_size=2)


@given(st.dictionaries(st.sampled_from(["id", "stem", "options", "answer", "topic", "source", "verify"]), mess))
def test_read_survives_any_row(changes: dict[str, Any]) -> None:
    try:
        entries = read(packed(row(**changes)))
    except BankFileError:
        return
    assert [faults(entry.content) for entry in entries] == [[]]
