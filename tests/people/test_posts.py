"""Appointing and dismissing from a person's page."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lms.audit.models import Event
from lms.people.actions.posts import appoint, dismiss, take_back
from lms.people.adapters.backend import MemberBackend
from lms.people.models import Function, Post
from lms.people.queries.posts import functions_to_give, places_to_give
from tests.cast import Cast
from tests.factories import make_member, make_post

NOW = datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOW.date()


def given(cast: Cast, **changes: str) -> dict[str, str]:
    return {"function": "unit_officer", "unit": str(cast.may.unit_id), "since": "2024-03-01"} | changes


def test_an_officer_appoints_an_officer_below(cast: Cast, client: Client) -> None:
    client.force_login(cast.binh)
    address = f"/people/{cast.lan.pk}/appoint/"
    assert "Phân công" in client.get(address).content.decode()
    page = client.post(address, given(cast), follow=True).content.decode()

    post = Post.objects.get(member=cast.lan)
    cast.lan.refresh_from_db()
    assert (post.function, post.unit, post.valid_from) == ("unit_officer", cast.may.unit, date(2024, 3, 1))
    assert cast.lan.is_staff
    assert not cast.lan.has_usable_password()
    assert "Từ 01/03/2024" in page
    event = Event.objects.get(verb="post.appoint")
    assert (event.actor_id, event.object_id) == (cast.binh.pk, str(cast.lan.pk))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"function": "trainer"}, "không phải là một trong các lựa chọn"),
        ({"unit": "{benh_vien}"}, "không phải là một trong các lựa chọn"),
        ({"unit": "{province}"}, "không phải là một trong các lựa chọn"),
        ({"since": "2999-01-01"}, "Ngày này chưa đến"),
        ({"since": "hôm qua"}, "Ngày chưa đúng"),
    ],
)
def test_an_officer_gives_nothing_beyond_the_own_part(
    cast: Cast, client: Client, changes: dict[str, str], sentence: str
) -> None:
    places = {"benh_vien": cast.benh_vien.unit_id, "province": cast.province.unit_id}
    client.force_login(cast.binh)
    sent = given(cast, **{name: value.format(**places) for name, value in changes.items()})
    page = client.post(f"/people/{cast.lan.pk}/appoint/", sent)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Post.objects.filter(member=cast.lan).exists()


def test_posts_of_the_whole_province_stand_at_the_top(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    client.post(f"/people/{cast.lan.pk}/appoint/", given(cast, function="trainer"))

    assert Post.objects.get(member=cast.lan).unit == cast.province.unit


def test_nobody_appoints_herself_or_somebody_elsewhere(cast: Cast, client: Client) -> None:
    client.force_login(cast.binh)
    for member in (cast.binh, cast.chau):
        assert client.get(f"/people/{member.pk}/appoint/").status_code == 404
        assert client.post(f"/people/{member.pk}/appoint/", given(cast)).status_code == 404
    with pytest.raises(PermissionDenied):
        appoint(cast.binh, cast.lan, Function.TRAINER, cast.province.unit, now=NOW)
    with pytest.raises(PermissionDenied):
        appoint(cast.binh, cast.lan, Function.UNIT_OFFICER, cast.y_te.unit, now=NOW)
    assert functions_to_give(cast.lan, cast.chau, TODAY) == []


def test_places_are_the_own_unions_and_those_above_within_the_own_part(cast: Cast) -> None:
    assert [place.short_name for place in places_to_give(cast.binh, cast.may, TODAY)] == [
        "LĐLĐ huyện Ba Tri",
        "CĐCS May Bến Dừa",
    ]
    assert len(places_to_give(cast.admin, cast.may, TODAY)) == 4


def test_dismissing_and_taking_back_on_the_same_day(cast: Cast, client: Client) -> None:
    tam = make_member("Lý Tám", unit=cast.may, password="mat-khau-dai-1", is_staff=True)
    post = make_post(tam, Function.UNIT_OFFICER, cast.may)
    client.force_login(cast.binh)
    address = f"/people/{tam.pk}/posts/{post.pk}/"

    client.post(address, {"verb": "dismiss"})
    tam.refresh_from_db()
    assert not tam.is_staff
    page = client.get(f"/people/{tam.pk}/").content.decode()
    assert f"thôi nhiệm vụ từ {timezone.localdate():%d/%m/%Y}" in page
    assert "Hoàn tác" in page

    client.post(address, {"verb": "take_back"})
    tam.refresh_from_db()
    post.refresh_from_db()
    assert tam.is_staff
    assert post.valid_to is None
    assert [event.verb for event in Event.objects.order_by("pk")] == ["post.dismiss", "post.take_back"]
    assert client.post(address, {"verb": "take_back"}).status_code == 404
    assert client.post(address, {"verb": "drop"}).status_code == 404


def test_a_post_is_taken_back_on_its_last_day_only(cast: Cast) -> None:
    post = make_post(cast.lan, Function.UNIT_OFFICER, cast.may)
    dismiss(cast.binh, post, now=NOW)

    with pytest.raises(PermissionDenied):
        take_back(cast.binh, post, now=NOW + timedelta(days=1))
    appoint(cast.binh, cast.lan, Function.UNIT_OFFICER, cast.may.unit, now=NOW)
    with pytest.raises(PermissionDenied):
        take_back(cast.binh, post, now=NOW)


def test_nobody_ends_her_own_post_or_one_of_another_part(cast: Cast, client: Client) -> None:
    own, trainers = Post.objects.get(member=cast.admin), Post.objects.get(member=cast.trainer)
    client.force_login(cast.admin)
    assert client.post(f"/people/{cast.admin.pk}/posts/{own.pk}/", {"verb": "dismiss"}).status_code == 404
    client.force_login(cast.binh)
    assert client.post(f"/people/{cast.trainer.pk}/posts/{trainers.pk}/", {"verb": "dismiss"}).status_code == 404
    with pytest.raises(PermissionDenied):
        dismiss(cast.binh, trainers, now=NOW)
    with pytest.raises(PermissionDenied):
        dismiss(cast.admin, own, now=NOW)


def test_the_same_post_again_begins_where_the_last_one_ended(cast: Cast) -> None:
    first = make_post(cast.lan, Function.UNIT_OFFICER, cast.may, since=date(2024, 1, 1))
    dismiss(cast.admin, first, now=NOW)
    again = appoint(cast.admin, cast.lan, Function.UNIT_OFFICER, cast.may.unit, now=NOW, since=date(2024, 1, 1))

    assert again.valid_from == TODAY


@pytest.mark.parametrize("ended", [1, 3])
def test_the_page_of_a_person_costs_the_same_however_many_posts(
    cast: Cast, client: Client, ended: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(ended):
        post = make_post(cast.lan, Function.TRAINER, cast.province, since=date(2023, 1 + year, 1))
        Post.objects.filter(pk=post.pk).update(valid_to=date(2023, 1 + year, 15))
    client.force_login(cast.binh)

    with django_assert_num_queries(9):
        assert client.get(f"/people/{cast.lan.pk}/").status_code == 200


def test_only_who_may_enter_the_editor_is_led_there(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    appoint(None, cast.chau, Function.TRAINER, cast.province.unit, now=timezone.now())
    for member, authors in ((cast.chau, True), (cast.lan, False), (cast.binh, False)):
        client.force_login(member)
        assert ('href="/cms/"' in client.get("/me/").content.decode()) == authors
    with django_assert_num_queries(1):
        assert not MemberBackend().get_user(cast.binh.pk).may_author  # type: ignore[union-attr]  # she exists
