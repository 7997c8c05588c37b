import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.audit.models import Event
from lms.people.actions.codes import give_code
from lms.people.actions.join import ask, find_row
from lms.people.actions.posts import appoint, dismiss
from lms.people.actions.requests import AlreadyDecided, approve, refuse, undo
from lms.people.actions.secrets import choose_secret
from lms.people.models import Function, JoinRequest, Member, Membership, Post
from lms.people.queries.roster import may_help_to_sign_in, people_for
from lms.people.queries.waiting import requests_for
from tests.cast import Cast
from tests.factories import make_member, make_post

NOW = datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOW.date()


def names(viewer: Member, text: str = "") -> list[str]:
    return [row.member.full_name for row in people_for(viewer, TODAY, text=text)]


@pytest.fixture
def asked(cast: Cast) -> JoinRequest:
    request = ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOW)
    assert request is not None
    return request


def test_an_officer_lists_exactly_the_own_people_by_given_name(cast: Cast) -> None:
    assert names(cast.binh) == ["Trần Văn Bình", "Nguyễn Thị Lan"]
    assert names(cast.dung) == ["Lê Minh Châu", "Phạm Tiến Dũng"]
    assert len(names(cast.admin)) == 8
    assert names(cast.lan) == []
    assert names(cast.trainer) == []


@pytest.mark.parametrize("text", ["nguyen thi lan", "LAN", "thị  lan", "0912000001", "0912 000 001", "000001"])
def test_people_are_found_without_accents_and_by_phone(cast: Cast, text: str) -> None:
    assert names(cast.binh, text) == ["Nguyễn Thị Lan"]


def test_the_list_can_be_narrowed_to_a_union_of_the_own_subtree_only(cast: Cast) -> None:
    assert [row.member for row in people_for(cast.binh, TODAY, unit_id=cast.may.unit_id)] == [cast.lan]
    assert list(people_for(cast.binh, TODAY, unit_id=cast.benh_vien.unit_id)) == []


@pytest.mark.parametrize("extra", [1, 3])
def test_the_lists_cost_the_same_however_long(
    cast: Cast, client: Client, extra: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(extra):
        make_member(f"Nguyễn Thị {number}", unit=cast.truong, phone=f"091234567{number}")
        ask(f"Lê Thị {number}", f"098888888{number}", 1990, cast.may.unit_id, now=NOW)
    client.force_login(cast.binh)

    with django_assert_num_queries(9):
        assert client.get("/people/").status_code == 200
    with django_assert_num_queries(8):
        assert client.get("/people/requests/").status_code == 200


@pytest.mark.parametrize("path", ["/people/", "/people/requests/", "/people/{lan}/"])
def test_lists_of_names_are_for_officers_only(cast: Cast, client: Client, path: str) -> None:
    path = path.format(lan=cast.lan.pk)
    assert client.get(path)["Location"] == f"/account/login/?next={path}"
    for outsider in (cast.lan, cast.trainer, cast.organiser):
        client.force_login(outsider)
        assert client.get(path).status_code == 404
    client.force_login(cast.binh)
    assert client.get(path).status_code == 200


def test_an_officer_of_another_subtree_gets_404_everywhere(cast: Cast, client: Client, asked: JoinRequest) -> None:
    client.force_login(cast.dung)

    assert client.get(f"/people/{cast.lan.pk}/").status_code == 404
    assert client.post(f"/people/{cast.lan.pk}/code/").status_code == 404
    assert client.post(f"/people/requests/{asked.pk}/", {"verb": "approve"}).status_code == 404
    assert requests_for(cast.dung, TODAY) == []
    assert client.get("/people/999999/").status_code == 404


def test_a_code_is_shown_once_and_traced_without_the_code(cast: Cast, client: Client) -> None:
    client.force_login(cast.binh)
    page = client.post(f"/people/{cast.lan.pk}/code/")

    shown = re.search(r"data-code>(\d{4}) (\d{4})<", page.content.decode())
    event = Event.objects.get()
    assert shown
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert (event.verb, event.actor_id, event.object_id) == ("member.give_code", cast.binh.pk, str(cast.lan.pk))
    assert "".join(shown.groups()) not in str(event.details)
    assert client.get(f"/people/{cast.lan.pk}/code/").status_code == 405


def test_nobody_helps_somebody_who_may_do_more(cast: Cast) -> None:
    hanh = make_member("Hồ Thị Hạnh", unit=cast.may)
    make_post(hanh, Function.PROVINCE_ADMIN, cast.province)
    khanh = make_member("Đỗ Khánh", unit=cast.may)
    make_post(khanh, Function.TRAINER, cast.province)
    tam = make_member("Lý Tám", unit=cast.may)
    make_post(tam, Function.UNIT_OFFICER, cast.may)

    assert [may_help_to_sign_in(cast.binh, who, TODAY) for who in (hanh, khanh, cast.binh)] == [False, False, False]
    assert may_help_to_sign_in(cast.binh, tam, TODAY)
    assert may_help_to_sign_in(cast.admin, khanh, TODAY)
    with pytest.raises(PermissionDenied):
        give_code(cast.binh, hanh, now=NOW)


def test_letting_in_makes_a_row_that_finds_the_way(cast: Cast, asked: JoinRequest) -> None:
    member = approve(cast.binh, asked, None, now=NOW)

    assert Membership.objects.get(member=member).unit == cast.may.unit
    assert find_row("0999999999", 1991, cast.may.unit_id, now=NOW).member == member
    assert Event.objects.get(verb="member.let_in").actor_id == cast.binh.pk


def test_letting_in_somebody_whom_the_list_has_mends_the_phone(cast: Cast, asked: JoinRequest) -> None:
    hong = make_member("Lê Thị Hồng", unit=cast.may, phone="0933333333", birth_year=1991)
    make_member("Lê Thị Hồng", unit=cast.may, birth_year=1970)
    make_member("Lê Thị Hồng", unit=cast.truong, birth_year=1991)

    (card,) = requests_for(cast.binh, TODAY)
    assert card.likely == (hong,)
    approve(cast.binh, asked, hong, now=NOW)
    hong.refresh_from_db()
    assert hong.phone == "0999999999"
    undo(cast.binh, asked, now=NOW)
    hong.refresh_from_db()
    assert hong.phone == "0933333333"


def test_an_officer_can_not_point_a_request_at_any_row(cast: Cast, client: Client, asked: JoinRequest) -> None:
    client.force_login(cast.binh)
    answer = client.post(f"/people/requests/{asked.pk}/", {"verb": "approve", "row": str(cast.chau.pk)})

    assert answer.status_code == 404
    assert JoinRequest.objects.get().state == "waiting"


def test_one_tap_each_and_a_way_back(cast: Cast, client: Client, asked: JoinRequest) -> None:
    client.force_login(cast.binh)
    before = Member.objects.count()
    for verb, state, members in [
        ("approve", "approved", before + 1),
        ("approve", "approved", before + 1),
        ("undo", "waiting", before),
        ("refuse", "refused", before),
        ("undo", "waiting", before),
    ]:
        client.post(f"/people/requests/{asked.pk}/", {"verb": verb})
        assert (JoinRequest.objects.get().state, Member.objects.count()) == (state, members)
    assert client.post(f"/people/requests/{asked.pk}/", {"verb": "drop"}).status_code == 404


def test_nothing_is_taken_back_once_the_person_has_a_pin(cast: Cast, asked: JoinRequest) -> None:
    member = approve(cast.binh, asked, None, now=NOW)
    choose_secret(member, "270815", now=NOW)

    with pytest.raises(AlreadyDecided):
        undo(cast.binh, asked, now=NOW)
    with pytest.raises(AlreadyDecided):
        refuse(cast.binh, asked, now=NOW)


def test_appointing_gives_the_group_and_ends_the_pin(cast: Cast) -> None:
    appoint(cast.admin, cast.lan, Function.TRAINER, cast.province.unit, now=NOW)
    appoint(cast.admin, cast.lan, Function.TRAINER, cast.province.unit, now=NOW)

    cast.lan.refresh_from_db()
    assert cast.lan.is_staff
    assert not cast.lan.has_usable_password()
    assert [group.name for group in cast.lan.groups.all()] == ["Giảng viên"]
    assert [event.verb for event in Event.objects.all()] == ["post.appoint"]


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=30)])
def test_dismissing_ends_the_post_and_the_group(cast: Cast, later: timedelta) -> None:
    post = appoint(cast.admin, cast.lan, Function.EDITOR, cast.province.unit, now=NOW)
    dismiss(cast.admin, post, now=NOW + later)

    cast.lan.refresh_from_db()
    assert not cast.lan.is_staff
    assert list(cast.lan.groups.all()) == []
    assert list(Post.objects.on((NOW + later).date()).filter(member=cast.lan)) == []


def test_the_profile_shows_what_is_mine(cast: Cast, client: Client, django_assert_max_num_queries: object) -> None:
    client.force_login(cast.lan)
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture has no type
        page = client.get("/me/").content.decode()

    assert "CĐCS May Bến Dừa" in page
    assert "09xx xxx 001" in page
    assert "0912000001" not in page
    assert "Cán bộ phụ trách: Trần Văn Bình." in page
    assert "/people/" not in page
    client.force_login(cast.binh)
    assert 'href="/people/"' in client.get("/me/").content.decode()


def test_my_data_are_mine_alone(cast: Cast, client: Client) -> None:
    client.force_login(cast.lan)
    page = client.get("/me/data/").content.decode()

    assert "0912000001" in page
    assert "CĐCS May Bến Dừa" in page
    assert "Trần Văn Bình" not in page
