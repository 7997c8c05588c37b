from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from cms.actions.site import ensure_site
from lms.audit.models import Event
from lms.people.actions.posts import sync
from lms.people.models import Member
from tests.cast import Cast

NOW = datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def root(cast: Cast, client: Client) -> Client:
    """Signed in as an administrator of the installation."""
    cast.admin.is_superuser = True
    cast.admin.save()
    client.force_login(cast.admin)
    return client


def test_wagtails_list_finds_people_by_name_without_accents(root: Client) -> None:
    page = root.get("/cms/users/?q=lan").content.decode()

    assert "Nguyễn Thị Lan" in page
    assert "Lê Minh Châu" not in page


def test_a_person_is_made_with_one_name_and_no_password(root: Client, cast: Cast) -> None:
    page = root.get("/cms/users/new/").content.decode()
    assert 'name="full_name"' in page
    assert 'name="first_name"' not in page
    assert 'name="password1"' not in page
    assert 'name="is_superuser"' not in page
    assert 'name="groups"' not in page  # rights come with a post

    given = {"username": "hanh.vt", "full_name": " Võ  Thị Hạnh ", "phone": "+84 987 654 321"}
    root.post("/cms/users/new/", given)
    made = Member.objects.get(username="hanh.vt")
    assert (made.full_name, made.phone, made.is_staff) == ("Võ Thị Hạnh", "0987654321", False)
    assert not made.has_usable_password()
    assert Event.objects.get(verb="member.create").actor_id == cast.admin.pk


def test_a_person_is_edited_and_a_wrong_phone_is_refused(root: Client, cast: Cast) -> None:
    address = f"/cms/users/edit/{cast.lan.pk}/"
    given = {"username": cast.lan.username, "full_name": "Nguyễn Thị Lan", "is_active": "on", "birth_year": "1990"}
    assert "Đây không phải số di động Việt Nam." in root.post(address, given | {"phone": "12"}).content.decode()

    root.post(address, given | {"phone": "0912000009"})
    cast.lan.refresh_from_db()
    assert cast.lan.phone == "0912000009"
    assert cast.lan.has_usable_password()
    assert Event.objects.get(verb="member.edit").details == {"fields": ["phone"]}


def test_the_own_account_page_asks_for_no_names(root: Client) -> None:
    page = root.get("/cms/account/").content.decode()

    assert "first_name" not in page
    assert "password" not in page.replace("password_reset", "")


def test_a_province_administrator_keeps_people_but_no_administrator_of_the_installation(
    cast: Cast, client: Client
) -> None:
    ensure_site()
    sync(cast.admin, now=NOW)
    cast.editor.is_superuser = True
    cast.editor.save()
    client.force_login(cast.admin)

    assert client.get("/cms/users/").status_code == 200
    assert client.get(f"/cms/users/edit/{cast.lan.pk}/").status_code == 200
    assert client.get(f"/cms/users/edit/{cast.editor.pk}/")["Location"] == "/cms/"
    assert client.get(f"/cms/users/delete/{cast.lan.pk}/")["Location"] == "/cms/"


def test_an_editor_sees_no_user_screens(cast: Cast, client: Client) -> None:
    ensure_site()
    sync(cast.editor, now=NOW)
    client.force_login(cast.editor)

    assert client.get("/cms/users/")["Location"] == "/cms/"
