"""The organiser's form: six steps without JavaScript, a sentence at every bad value, nothing half-saved."""

import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from quizzes.engine.rules import parse
from quizzes.models import Contest, ContestState
from tests.cast import Cast
from tests.quizzes.makers import DAY, NOON, make_contest, make_question, round_document

NEW = reverse("quizzes:contest_new")


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def organiser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.organiser)
    return client


def fields_in(page: str) -> dict[str, Any]:
    """What a browser would send back: every control of the form with its value."""
    form = page[page.index("data-beside=") : page.index("</form>", page.index("data-beside="))]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = _attribute(tag, "name"), _attribute(tag, "value") or ""
        if re.search(r'type="(radio|checkbox)"', tag) and "checked" not in tag:
            continue
        if name:
            sent[name] = [*sent.get(name, []), value] if name == "eligible" else value
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = unescape(chosen[1]) if chosen else ""
    for name, body in re.findall(r'<textarea name="([^"]+)".*?>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescape(body).strip()
    return sent


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def press(client: Client, page: str, button: str, address: str = NEW, **changes: Any) -> Any:
    return client.post(address, fields_in(page) | changes | {"press": button})


def walk(client: Client, *, until: int, preset: str = "single") -> str:
    page = client.get(NEW, {"preset": preset}).content.decode()
    for step in range(1, until):
        changes = {"title": "Tìm hiểu Luật"} if step == 1 else {}
        page = press(client, page, "next", **changes).content.decode()
        assert fields_in(page)["step"] == str(step + 1)
    return page


def errors(response: Any) -> list[str]:
    found = re.findall(r'<ul class="errors".*?</ul>|<p class="errors">.*?</p>', response.content.decode(), re.DOTALL)
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", one).split())) for one in found]


def test_the_way_through_six_steps_makes_a_draft_with_the_rules_shown(organiser: Client, cast: Cast) -> None:
    page = walk(organiser, until=6)
    assert "Mỗi lượt có 15 câu" in page
    response = press(organiser, page, "save")
    contest = Contest.objects.get()
    rules = parse(contest.rules)
    assert response["Location"] == reverse("quizzes:organise", args=[contest.slug])
    assert (contest.title, contest.state, contest.organiser) == ("Tìm hiểu Luật", ContestState.DRAFT, cast.organiser)
    assert (contest.owner, rules.questions, rules.minutes, rules.attempts_per_round) == (cast.province.unit, 15, 15, 1)
    assert (rules.names, rules.counted, rules.comparators) == ("masked", "best", ("score", "duration", "submitted_at"))


def test_a_draft_opens_again_as_it_was_saved(organiser: Client, cast: Cast) -> None:
    contest = make_contest(
        cast.province, state=ContestState.DRAFT, points_wrong="-0.25", attempts_per_round=None, names="hidden"
    )
    address = reverse("quizzes:contest_edit", args=[contest.slug])
    before = contest.rules
    press(organiser, organiser.get(address).content.decode(), "save", address)
    contest.refresh_from_db()
    assert parse(contest.rules) == parse(before)


@pytest.mark.parametrize(
    ("step", "changes", "sentence"),
    [
        (1, {"title": " "}, "Vui lòng điền mục này."),
        (2, {"rounds-0-closes_at": "08:00 01/01/2025"}, "Đợt thi đóng trước khi mở; vui lòng chọn giờ đóng muộn hơn."),
        (2, {"rounds-0-opens_at": "32/13/2025"}, "Vui lòng nhập ngày giờ, ví dụ 07:00 12/05/2025."),
        (3, {"blueprint-0-count": "0"}, "Vui lòng nhập số từ 1 đến 200."),
        (3, {"blueprint-0-count": "201"}, "Vui lòng nhập số từ 1 đến 200."),
        (4, {"minutes": "mười"}, "Vui lòng nhập số nguyên."),
        (4, {"attempts_per_round": "0"}, "Vui lòng nhập số từ 1 đến 50."),
        (
            5,
            {"comparators": "luck"},
            "Vui lòng chọn một giá trị có sẵn.",
        ),
        (6, {"eligible": []}, "Vui lòng chọn ít nhất một mục."),
        (6, {"points_right": "1", "points_wrong": "2"}, "Điểm trừ câu sai không được lớn hơn điểm câu đúng."),
    ],
)
def test_a_bad_value_gets_its_sentence_at_its_field_and_saves_nothing(
    organiser: Client, cast: Cast, step: int, changes: dict[str, Any], sentence: str
) -> None:
    page = walk(organiser, until=step)
    button = "save" if step == 6 else "next"
    titled = {"title": "Tìm hiểu Luật"} if step == 1 else {}
    response = press(organiser, page, button, **(titled | changes))
    assert errors(response) == [sentence]
    assert fields_in(response.content.decode())["step"] == str(step)
    assert Contest.objects.count() == 0


def test_what_does_not_fit_together_is_shown_at_the_step_where_it_stands(organiser: Client, cast: Cast) -> None:
    page = walk(organiser, until=6)
    response = press(organiser, page, "save", minutes="300", **{"rounds-0-closes_at": "08:00 08/05/2025"})
    assert response.status_code == 422
    assert errors(response) == ["Đợt thi ngắn hơn một lượt 300 phút; vui lòng đóng muộn hơn hoặc giảm số phút."]
    assert fields_in(response.content.decode())["step"] == "2"


def test_rows_are_added_and_emptied_rows_dropped(organiser: Client, cast: Cast) -> None:
    page = press(organiser, walk(organiser, until=2), "add_round").content.decode()
    assert fields_in(page)["rounds-TOTAL_FORMS"] == "2"
    typed = {"title": "Tuần 2", "opens_at": "07:00 20/05/2025", "closes_at": "21:00 25/05/2025"}
    second = {f"rounds-1-{name}": value for name, value in typed.items()}
    page = press(organiser, page, "next", **second).content.decode()
    emptied = {f"rounds-0-{name}": "" for name in typed}
    press(organiser, page, "save", **emptied)
    assert [one.title for one in parse(Contest.objects.get().rules).rounds] == ["Tuần 2"]


def test_a_form_without_any_round_is_refused(organiser: Client, cast: Cast) -> None:
    page = walk(organiser, until=6)
    emptied = {f"rounds-0-{name}": "" for name in ("title", "opens_at", "closes_at")}
    response = press(organiser, page, "save", **emptied)
    assert (errors(response), Contest.objects.count()) == (["Cần điền ít nhất một hàng."], 0)


@pytest.mark.parametrize(
    "tampered",
    [{"rounds-TOTAL_FORMS": "x"}, {"blueprint-TOTAL_FORMS": "999999"}, {"rounds-TOTAL_FORMS": "0"}, {"step": "99"}],
)
def test_a_tampered_form_breaks_nothing(organiser: Client, cast: Cast, tampered: dict[str, str]) -> None:
    response = press(organiser, walk(organiser, until=5), "next", **tampered)
    assert (response.status_code, Contest.objects.count()) == (200, 0)
    assert organiser.post(NEW, tampered | {"press": "save"}).status_code == 422


def test_the_rules_text_is_renewed_beside_the_form(organiser: Client, cast: Cast) -> None:
    sent = fields_in(walk(organiser, until=4))
    address = reverse("quizzes:rules_preview")
    assert "làm trong tối đa 45 phút" in organiser.post(address, sent | {"minutes": "45"}).content.decode()
    assert "Vui lòng xem các mục được đánh dấu" in organiser.post(address, sent | {"minutes": ""}).content.decode()


def test_topics_say_how_many_approved_questions_they_have(organiser: Client, cast: Cast) -> None:
    make_question(topic="Luật Công đoàn")
    make_question(topic="Luật Công đoàn")
    make_question(topic="Lịch sử", state="draft")
    page = walk(organiser, until=3)
    assert re.findall(r"<option[^>]*>([^<]+)</option>", page) == ["Mọi chủ đề (2)", "Luật Công đoàn (2)"]


def test_a_published_contest_is_not_edited(organiser: Client, cast: Cast) -> None:
    contest = make_contest(cast.province)
    address = reverse("quizzes:contest_edit", args=[contest.slug])
    assert organiser.post(address, {"press": "save"})["Location"] == reverse("quizzes:organise", args=[contest.slug])
    assert (
        "Cuộc thi này đã được công bố."
        in organiser.get(reverse("quizzes:organise", args=[contest.slug])).content.decode()
    )


def test_a_preset_begins_with_as_many_questions_as_the_bank_has(organiser: Client) -> None:
    for number in range(3):
        make_question(f"Câu {number}?")
    response = organiser.get(NEW, {"preset": "confederation"})
    assert fields_in(response.content.decode())["blueprint-0-count"] == "3"
    assert response.context["fewer"] == {"have": 3, "want": 20}


def test_a_part_that_asks_for_too_much_says_so_and_takes_what_there_is(organiser: Client) -> None:
    make_question()
    short = "Ngân hàng mới có 1 câu đã duyệt cho phần này, cần 5 câu."
    page = press(organiser, walk(organiser, until=3), "preview", **{"blueprint-0-count": "5"}).content.decode()
    assert short in page
    page = press(organiser, page, "fit").content.decode()
    assert (fields_in(page)["blueprint-0-count"], short in page) == ("1", False)


def test_publishing_from_the_page_says_what_is_lacking_and_then_publishes(organiser: Client, cast: Cast) -> None:
    contest = make_contest(cast.province, state=ContestState.DRAFT)
    address = reverse("quizzes:publish", args=[contest.slug])
    refused = organiser.post(address)
    assert refused.status_code == 409
    assert "Ngân hàng mới có 0 câu đã duyệt cho phần này, cần 2 câu." in refused.content.decode()
    make_question(), make_question()
    page = organiser.post(address, follow=True).content.decode()
    assert "Đã công bố. Đoàn viên đã thấy cuộc thi." in page
    assert "kính mời anh/chị tham gia cuộc thi" in page


def test_a_round_is_extended_from_its_page_and_bad_times_are_refused(organiser: Client, cast: Cast) -> None:
    contest = make_contest(cast.province, rounds=[round_document(NOON - DAY, NOON + DAY)])
    address = reverse("quizzes:extend", args=[contest.slug, 1])
    earlier = organiser.post(address, {"closes_at": "12:00 07/05/2025"})
    assert "Đợt thi đã công bố chỉ có thể đóng muộn hơn 12:00 08/05/2025." in earlier.content.decode()
    organiser.post(address, {"closes_at": "22:00 09/05/2025"})
    assert f"{contest.rounds.get().closes_at:%d/%m %H:%M}" == "09/05 15:00"  # UTC
