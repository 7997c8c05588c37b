"""The bank: versions are frozen once published, imports are whole or nothing, everything is traced."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lms.audit.models import Event
from lms.imports.forms import UNREADABLE
from quizzes.actions import bank
from quizzes.engine.question import Content, lettered
from quizzes.models import Question, QuestionState, QuestionVersion
from tests.cast import Cast
from tests.quizzes.makers import NOON, make_question

CONTENT = Content("single", "Một cộng một?", lettered(["Một", "Hai"]), ("b",), "Vì thế", "Sách")
CHANGED = Content("single", "Một cộng hai?", lettered(["Một", "Ba"]), ("b",))
REAL = Path(__file__).parents[2] / "lms/demo/data/questions_vi.json"


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "Q01", "stem": "Một cộng một?", "options": ["Một", "Hai"], "answer": 1, "topic": "Luật"} | changes


def run(path: Path, *rows: dict[str, Any]) -> str:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    out = io.StringIO()
    call_command("import_questions", str(path), stdout=out)
    return out.getvalue()


def test_a_draft_version_is_rewritten_and_a_published_one_never(cast: Cast) -> None:
    question = bank.create_question(cast.trainer, code="A1", topic="Luật", content=CONTENT, now=NOON)
    bank.change_question(cast.trainer, question, topic="Luật", content=CHANGED, now=NOON)
    assert [bank.content_of(one) for one in question.versions.all()] == [CHANGED]
    bank.approve_question(cast.editor, question, now=NOON)
    bank.change_question(cast.trainer, question, topic="Luật", content=CONTENT, now=NOON)
    versions = question.versions.order_by("number")
    assert [(bank.content_of(one), one.published_at) for one in versions] == [(CHANGED, NOON), (CONTENT, None)]
    verbs = Event.objects.filter(object_type="quizzes.question").order_by("number").values_list("verb", "actor_id")
    assert list(verbs) == [
        ("question.create", cast.trainer.pk),
        ("question.change", cast.trainer.pk),
        ("question.approve", cast.editor.pk),
        ("question.change", cast.trainer.pk),
    ]


def test_saving_without_a_change_makes_no_version(cast: Cast) -> None:
    question = bank.create_question(cast.trainer, code="A1", topic="Luật", content=CONTENT, now=NOON)
    bank.approve_question(cast.editor, question, now=NOON)
    bank.change_question(cast.trainer, question, topic="Khác", content=CONTENT, now=NOON)
    question.refresh_from_db()
    assert (question.versions.count(), question.topic) == (1, "Khác")


def test_approving_publishes_the_newest_version_and_lifts_the_lawyers_mark(cast: Cast) -> None:
    question = bank.create_question(None, code="A1", topic="", content=CONTENT, now=NOON, verify=True)
    version = bank.approve_question(cast.editor, question, now=NOON)
    question.refresh_from_db()
    assert (version.number, question.state, question.verify) == (1, QuestionState.APPROVED, False)
    with pytest.raises(bank.NothingToApprove):
        bank.approve_question(cast.editor, question, now=NOON)


def test_a_retired_question_can_be_approved_again(cast: Cast) -> None:
    question = make_question().question
    bank.retire_question(cast.editor, question, now=NOON)
    bank.approve_question(cast.editor, question, now=NOON)
    question.refresh_from_db()
    assert question.state == QuestionState.APPROVED


@pytest.mark.django_db
def test_import_approves_all_but_those_for_the_lawyer(tmp_path: Path) -> None:
    out = run(tmp_path / "a.json", row(), row(id="Q02", verify=True))
    assert out.splitlines() == [
        "Câu hỏi: 2 câu mới, 0 câu có phiên bản mới, 0 câu không đổi.",
        "Đã duyệt: 1 câu. Bản nháp chờ người có chuyên môn pháp luật: 1 câu.",
    ]
    assert dict(Question.objects.values_list("code", "state")) == {"Q01": "approved", "Q02": "draft"}


@pytest.mark.django_db
def test_import_twice_changes_nothing_and_a_changed_question_gets_a_new_version(tmp_path: Path) -> None:
    run(tmp_path / "a.json", row(), row(id="Q02", verify=True))
    out = run(tmp_path / "a.json", row(stem="Một cộng một là mấy?"), row(id="Q02", verify=True))
    assert out.splitlines()[0] == "Câu hỏi: 0 câu mới, 1 câu có phiên bản mới, 1 câu không đổi."
    versions = QuestionVersion.objects.filter(question__code="Q01").order_by("number")
    assert [(one.stem, one.published_at is not None) for one in versions] == [
        ("Một cộng một?", True),
        ("Một cộng một là mấy?", True),
    ]


@pytest.mark.django_db
def test_import_pins_what_speaks_of_the_others(tmp_path: Path) -> None:
    run(tmp_path / "a.json", row(options=["Một", "Hai", "Cả A, B"], answer=2))
    assert [one["pinned"] for one in QuestionVersion.objects.get().options] == [False, False, True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"[{", "Tệp không phải JSON hợp lệ: lỗi ở dòng 1, cột 3. Anh/chị sửa tại đó rồi chạy lại."),
        (
            b'[\n{"stem": "\xd0\xc0"}]',
            str(UNREADABLE["windows-1258"]),
        ),
        (
            json.dumps([row(), row(id="Q02", answer=7)]).encode(),
            "Câu hỏi số 2 (Q02): “answer” không trỏ tới phương án nào; cần từ 0 đến 1.",
        ),
    ],
)
def test_a_broken_file_is_answered_with_its_place_and_leaves_nothing(tmp_path: Path, raw: bytes, sentence: str) -> None:
    path = tmp_path / "hong.json"
    path.write_bytes(raw)
    with pytest.raises(CommandError) as caught:
        call_command("import_questions", str(path))
    assert str(caught.value).splitlines()[1:] == [sentence]
    assert Question.objects.count() == 0


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match=r"khong-co\.json"):
        call_command("import_questions", "khong-co.json")


@pytest.mark.django_db
def test_the_real_questions_come_in() -> None:
    call_command("import_questions", str(REAL), stdout=io.StringIO())
    states = list(Question.objects.values_list("state", flat=True))
    assert (states.count("approved"), states.count("draft")) == (19, 11)
