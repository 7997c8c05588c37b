"""The bank's screens: search, write, approve; bad input keeps everything as it was."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import Member
from quizzes.actions.bank import create_question
from quizzes.engine.question import Content, lettered
from quizzes.models import Question, QuestionState
from tests.cast import Cast
from tests.quizzes.makers import NOON, make_question

GOOD: dict[str, Any] = {
    "code": "LCD-01",
    "topic": "Luật Công đoàn",
    "kind": "single",
    "stem": "Công đoàn thành lập năm nào?",
    "text_a": "1929",
    "right_a": "on",
    "text_c": "1930",
    "text_d": "Cả A, B đều sai",
}


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def codes(client: Client, **query: str) -> list[str]:
    response = client.get(reverse("quizzes:questions"), query)
    return [question.code for question, _version in response.context["rows"]]


def test_a_question_is_written_with_gaps_closed_and_pins_set(cast: Cast) -> None:
    response = signed_in(cast.trainer).post(reverse("quizzes:question_new"), GOOD)
    question = Question.objects.get()
    version = question.versions.get()
    assert response["Location"] == reverse("quizzes:question", args=[question.pk])
    assert (question.state, question.author, version.key) == (QuestionState.DRAFT, cast.trainer, ["a"])
    assert [(one["id"], one["text"], one["pinned"]) for one in version.options] == [
        ("a", "1929", False),
        ("b", "1930", False),
        ("c", "Cả A, B đều sai", True),
    ]


def test_editing_keeps_as_many_options_as_a_file_may_bring(cast: Cast) -> None:
    content = Content("single", "Chọn số?", lettered([str(number) for number in range(8)]), ("h",))
    question = create_question(cast.trainer, code="TAM", topic="", content=content, now=NOON)
    client, address = signed_in(cast.trainer), reverse("quizzes:question_edit", args=[question.pk])
    initial = client.get(address).context["form"].initial
    client.post(address, {name: value for name, value in initial.items() if value} | {"stem": "Chọn chữ số?"})
    version = question.versions.get()
    assert (version.stem, len(version.options), version.key) == ("Chọn chữ số?", 8, ["h"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"right_a": ""}, "Vui lòng đánh dấu phương án đúng."),
        ({"right_c": "on"}, "Chỉ được một phương án đúng; nếu có nhiều, vui lòng chọn loại “Nhiều đáp án đúng”."),
        ({"text_c": "", "text_d": ""}, "Câu hỏi cần từ 2 đến 8 phương án."),
        ({"text_c": " 1929"}, "Có hai phương án giống nhau; vui lòng sửa một phương án."),
        ({"kind": "true_false"}, "Câu đúng/sai có đúng hai phương án."),
        ({"right_b": "on"}, "Phương án này được đánh dấu đúng nhưng chưa có nội dung."),
        ({"code": "LCD 01"}, "Mã chỉ gồm chữ, số, dấu chấm, gạch nối, gạch dưới, không có khoảng trắng."),
        ({"code": "CO-ROI"}, "Mã này đã có; vui lòng chọn mã khác."),
    ],
)
def test_a_bad_question_is_answered_and_not_saved(cast: Cast, changes: dict[str, str], sentence: str) -> None:
    make_question(code="CO-ROI")
    response = signed_in(cast.trainer).post(reverse("quizzes:question_new"), GOOD | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Question.objects.count() == 1


def test_search_needs_no_accents_and_narrows_by_state_and_topic(cast: Cast) -> None:
    make_question("Đoàn viên là ai?", code="A", topic="Điều lệ")
    make_question("Nghị quyết nào?", code="B", state=QuestionState.DRAFT)
    client = signed_in(cast.trainer)
    assert codes(client, text="doan vien") == ["A"]
    assert codes(client, text="b") == ["B"]
    assert codes(client, state="draft") == ["B"]
    assert codes(client, topic="Điều lệ") == ["A"]
    assert codes(client, text="không có gì") == []


def test_editing_a_published_question_begins_a_new_version(cast: Cast) -> None:
    version = make_question()
    client = signed_in(cast.trainer)
    address = reverse("quizzes:question_edit", args=[version.question_id])
    sent = GOOD | {"stem": "Hỏi lại thế nào?"}
    client.post(address, sent)
    client.post(address, sent)
    assert list(version.question.versions.order_by("number").values_list("number", "stem")) == [
        (1, version.stem),
        (2, "Hỏi lại thế nào?"),
    ]
    page = client.get(reverse("quizzes:question", args=[version.question_id])).content.decode()
    assert ("Phiên bản 2" in page, "Duyệt phiên bản" in page) == (True, False)


def test_an_editor_approves_and_a_lawyers_question_needs_the_tick(cast: Cast) -> None:
    question = make_question(state=QuestionState.DRAFT).question
    Question.objects.update(verify=True)
    client = signed_in(cast.editor)
    address = reverse("quizzes:question_approve", args=[question.pk])
    assert client.post(address).status_code == 422
    client.post(address, {"verified": "on"})
    question.refresh_from_db()
    assert (question.state, question.verify) == (QuestionState.APPROVED, False)


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_number_of_questions(cast: Cast, n: int, django_assert_max_num_queries: Any) -> None:
    for _ in range(n):
        make_question()
    client = signed_in(cast.trainer)
    with django_assert_max_num_queries(9):
        client.get(reverse("quizzes:questions"))
