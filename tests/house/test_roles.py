"""Who gets into Wagtail's and allauth's own pages: by role, for the pages that matter."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.actions.roles import sync_roles
from cms.actions.site import ensure_site
from lms.people.models import Member
from tests.cast import Cast
from tests.quizzes.makers import NOON

IN, OUT = "in", "out"
EDITING = {"admin": IN, "trainer": IN, "editor": IN, "organiser": OUT, "binh": OUT, "lan": OUT}
NOBODY = {"admin": OUT, "trainer": OUT, "editor": OUT, "organiser": OUT, "binh": OUT, "lan": OUT}
PAGES = {
    "wagtailadmin_home": EDITING,
    "wagtailimages:index": EDITING,
    "wagtaildocs:index": EDITING,
    "wagtailadmin_workflows:index": NOBODY,
    "wagtailsites:index": NOBODY,
    "wagtailusers_users:index": NOBODY | {"admin": IN},
    "wagtailusers_groups:index": NOBODY,
}


@pytest.fixture
def site(cast: Cast) -> Cast:
    ensure_site()
    sync_roles(today=NOON.date())
    return cast


@pytest.mark.parametrize("name", PAGES)
def test_wagtails_pages_open_by_role(site: Cast, name: str) -> None:
    seen = {who: _way(getattr(site, who), reverse(name)) for who in PAGES[name]}

    assert seen == PAGES[name]


@pytest.mark.parametrize("name", PAGES)
def test_wagtails_pages_send_strangers_to_our_sign_in(site: Cast, name: str) -> None:
    response = Client().get(reverse(name), follow=True)

    assert response.redirect_chain[-1][0].split("?")[0] == reverse("account_login")


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_the_ways_in_are_for_everybody(cast: Cast, name: str) -> None:
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index"])
def test_the_own_account_asks_who_it_is(cast: Cast, name: str) -> None:
    response = Client().get(reverse(name))

    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_sign_up_is_closed(cast: Cast) -> None:
    before = Member.objects.count()
    Client().post("/account/signup/", {"username": "moi", "password1": "mat-khau-dai-1"})

    assert Member.objects.count() == before


def _way(member: Member, address: str) -> str:
    client = Client()
    client.force_login(member)
    response = client.get(address)
    return IN if response.status_code == 200 else OUT
