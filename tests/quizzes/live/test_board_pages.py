import json

import pytest
from django.urls import reverse

from quizzes.live.protocol import encode_frame
from quizzes.live.shelf import Shelf, shelf
from quizzes.live.token import board_address, read_address
from quizzes.models import ContestState
from tests.factories import make_member
from tests.quizzes.live.entries import enter
from tests.quizzes.makers import DAY, NOON, make_contest, round_document

PAGE_QUERIES = 11  # session, member, contest, rounds, class; board: contest, rounds, attempts, people, unions, names


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def contest(cast):
    return make_contest(cast.province, unit_min_people=0)


def feed(client, contest, query=""):
    return client.get(reverse("quizzes:board_feed", args=[contest.slug]) + query)


def shown(client, contest, query=""):
    """The frame at the address to which the feed leads: its door is on the other side, see test_shared.py."""
    contest_id, number = read_address(feed(client, contest, query)["Location"])
    return shelf.current_by_id(contest_id).rendered(number, NOON).frame


def test_feed_shows_covered_names_and_no_id(client, contest, cast):
    enter(contest, cast.lan, cast.may, score=19, seconds=252)
    client.force_login(cast.chau)
    frame = shown(client, contest)
    key = frame["people"][0].pop("key")
    assert frame["people"] == [
        {"rank": 1, "name": "Nguyễn Thị L***", "unit": "CĐCS May Bến Dừa", "score": "19", "time": "04:12,00"}
    ]
    assert (frame["entrants"], frame["working"], frame["state"], frame["round"]) == ("1", "0", "open", 1)
    assert [(row["rank"], row["name"], row["share"], row["count"]) for row in frame["units"]] == [
        (1, "CĐCS May Bến Dừa", "100%", "1 / 1")
    ]
    assert len(key) == 10
    assert "Lan" not in json.dumps(frame, ensure_ascii=False)


@pytest.mark.parametrize(
    ("names", "start"), [("full", "Nguyễn Thị Lan"), ("masked", "Nguyễn Thị L***"), ("hidden", "Thí sinh ")]
)
def test_names_are_as_the_rules_say(client, cast, names, start):
    contest = make_contest(cast.province, names=names)
    enter(contest, cast.lan, cast.may)
    client.force_login(cast.chau)
    assert shown(client, contest)["people"][0]["name"].startswith(start)


def test_every_process_gives_the_same_bytes_for_the_same_rows(contest, cast):
    enter(contest, cast.lan, cast.may)
    one, other = (Shelf().current(contest).rendered(1, NOON) for _ in range(2))
    assert one.text == other.text == encode_frame(other.frame)
    assert one.etag == other.etag


def test_the_way_to_the_shared_part_is_shown_to_who_may_see_the_contest(client, contest, cast):
    client.force_login(cast.chau)
    response = feed(client, contest)
    assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
    assert read_address(response["Location"]) == (contest.pk, 1)


@pytest.mark.parametrize("change", [("-1-", "-2-"), (".json", "0.json"), ("/live/board/", "/live/board/1")])
def test_an_address_of_a_board_can_not_be_guessed(contest, change):
    assert read_address(board_address(contest.pk, 1).replace(*change)) is None


def test_scores_are_kept_back_until_the_round_is_over(client, cast):
    contest = make_contest(cast.province, show_score="after_round")
    enter(contest, cast.lan, cast.may, score=19)
    client.force_login(cast.lan)
    frame = shown(client, contest)
    own = client.get(reverse("quizzes:board_own", args=[contest.slug])).json()["own"]
    assert (frame["people"], frame["entrants"], own["row"]) == (None, "1", None)
    contest.rounds.update(closed_at=NOON)
    assert shown(client, contest)["people"][0]["score"] == "19"


def test_own_frame_says_rank_and_union(client, contest, cast):
    enter(contest, cast.chau, cast.benh_vien, score=12)
    enter(contest, cast.lan, cast.may, score=10)
    client.force_login(cast.lan)
    own = client.get(reverse("quizzes:board_own", args=[contest.slug])).json()["own"]
    assert (own["row"]["rank"], own["row"]["score"], own["unit"]["name"]) == (2, "10", "CĐCS May Bến Dừa")


def test_own_line_stands_below_a_full_board(client, contest, cast):
    for number in range(21):
        enter(contest, make_member(f"Thí Sinh {number}", unit=cast.truong), cast.truong, score=20)
    enter(contest, cast.lan, cast.may, score=1)
    client.force_login(cast.lan)
    page = client.get(reverse("quizzes:board", args=[contest.slug]))
    assert page.context["board"].own["row"]["rank"] == 22
    assert not page.context["board"].own_is_listed
    assert len(page.context["board"].shared.frame["people"]) == 20


def test_rounds_have_their_own_boards_and_one_together(client, cast):
    rounds = [round_document(NOON - 3 * DAY, NOON - 2 * DAY), round_document(NOON - DAY, NOON + DAY, "Tuần 2")]
    contest = make_contest(cast.province, rounds=rounds)
    first, second = contest.rounds.order_by("number")
    enter(contest, cast.lan, cast.may, one=first, score=8)
    enter(contest, cast.lan, cast.may, one=second, score=10)
    client.force_login(cast.lan)
    assert [shown(client, contest, f"?round={one}")["people"][0]["score"] for one in (1, 2, 0)] == [
        "8",
        "10",
        "18",
    ]
    assert shown(client, contest)["round"] == 2
    page = client.get(reverse("quizzes:board", args=[contest.slug]))
    assert [(tab.title, tab.current) for tab in page.context["board"].tabs] == [
        ("Tuần 1", False), ("Tuần 2", True), ("Cả cuộc thi", False),
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ["7", "-1", "x", "", "²", "1e3"])
def test_a_round_that_does_not_exist_is_404(client, contest, cast, asked):
    client.force_login(cast.lan)
    assert feed(client, contest, f"?round={asked}").status_code == 404


@pytest.mark.parametrize("name", ["board_feed", "board_own"])
def test_scripts_of_who_signed_out_get_401(client, contest, name):
    assert client.get(reverse(f"quizzes:{name}", args=[contest.slug])).status_code == 401


def test_page_sends_who_is_not_signed_in_to_the_entrance(client, contest):
    assert client.get(reverse("quizzes:board", args=[contest.slug])).status_code == 302


@pytest.mark.parametrize("name", ["board", "board_feed", "board_own"])
def test_a_draft_has_no_board_for_anybody(client, cast, name):
    draft = make_contest(cast.province, state=ContestState.DRAFT, organiser=cast.organiser)
    for member in (cast.lan, cast.organiser):
        client.force_login(member)
        assert client.get(reverse(f"quizzes:{name}", args=[draft.slug])).status_code == 404


@pytest.mark.parametrize("name", ["board", "board_feed", "board_own"])
def test_who_may_not_see_the_contest_sees_no_board(client, cast, name):
    contest = make_contest(cast.province, eligible=["full_time"])
    client.force_login(cast.chau)
    assert client.get(reverse(f"quizzes:{name}", args=[contest.slug])).status_code == 404


@pytest.mark.parametrize("entrants", [1, 3])
def test_page_takes_as_many_queries_for_one_as_for_three(client, contest, cast, entrants, django_assert_num_queries):
    for number in range(entrants):
        enter(contest, make_member(f"Thí Sinh {number}", unit=cast.truong), cast.truong)
    client.force_login(cast.lan)
    with django_assert_num_queries(PAGE_QUERIES):
        assert client.get(reverse("quizzes:board", args=[contest.slug])).status_code == 200


def test_empty_board_says_so(client, contest, cast):
    client.force_login(cast.lan)
    page = client.get(reverse("quizzes:board", args=[contest.slug])).content.decode()
    assert "Chưa có ai nộp bài." in page
    assert '<meta http-equiv="refresh" content="15">' in page


def test_unions_rank_by_average_points_of_who_took_part(client, cast):
    contest = make_contest(cast.province, unit_ranking="average", unit_min_people=0)
    make_member("Người Chưa Thi", unit=cast.may)
    enter(contest, cast.lan, cast.may, score=1)
    enter(contest, make_member("Trần Thị Hoa", unit=cast.truong), cast.truong, score=2)
    enter(contest, make_member("Trần Thị Hồng", unit=cast.truong), cast.truong, score=1)
    client.force_login(cast.lan)
    page = client.get(reverse("quizzes:board", args=[contest.slug]))
    rows = [(row["rank"], row["share"], row["percent"], row["count"]) for row in shown(client, contest)["units"]]
    assert rows == [(1, "1,5", 75, "2 / 2"), (2, "1", 50, "1 / 2")]
    assert page.context["board"].own["unit"]["rank"] == 2
    assert page.context["board"].units_by == "average"


def test_averages_are_kept_back_with_the_scores_they_tell_of(client, cast):
    contest = make_contest(cast.province, unit_ranking="average", unit_min_people=0, show_score="after_round")
    enter(contest, cast.lan, cast.may, score=1)
    client.force_login(cast.lan)
    own = client.get(reverse("quizzes:board_own", args=[contest.slug])).json()["own"]
    assert (shown(client, contest)["units"], own) == ([], {"t": "own", "row": None, "unit": None})


def test_a_board_loaded_in_the_grace_goes_on_moving(client, cast):
    """The hour has come, but the server has yet to close what is still being sent."""
    contest = make_contest(cast.province, rounds=[round_document(NOON - DAY, NOON)])
    client.force_login(cast.lan)
    url = reverse("quizzes:board", args=[contest.slug])
    page = client.get(url)
    assert page.context["board"].shared.frame["state"] == "provisional"
    assert b" data-over" not in page.content
    contest.rounds.update(closed_at=NOON)
    assert b" data-over" in client.get(url).content
