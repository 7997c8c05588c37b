"""A person erased: nothing tells who it was, and no total of the past changes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from lms.audit.models import Event
from lms.coverage.actions.rebuilding import rebuild
from lms.coverage.queries.sums import branches, people, total
from lms.learning.actions import complete, mark_read, open_activity
from lms.learning.models import Completion, Progress
from lms.people.actions.codes import give_code
from lms.people.actions.erase import erase
from lms.people.actions.join import ask
from lms.people.models import JoinRequest, Member, Membership
from lms.people.queries.places import place_of
from tests.cast import Cast

NOW = datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
YESTERDAY = NOW.date() - timedelta(days=1)


def test_a_person_is_erased_and_totals_stay(cast: Cast) -> None:
    course = open_activity(key="course:1", kind="course", title="Chuyển đổi số", url="/c/", tags=["CDS"])
    complete(cast.lan, course, now=NOW - timedelta(days=2))
    mark_read(cast.lan, open_activity(key="lesson:1", kind="lesson", title="Bài 1", url="/l/"), now=NOW)
    rebuild()
    before = _figures(cast, course.pk, YESTERDAY)
    ask(cast.lan.full_name, cast.lan.phone, 1990, cast.may.unit_id, now=NOW)
    give_code(cast.binh, cast.lan, now=NOW)

    erase(cast.admin, cast.lan, now=NOW)

    row = Member.objects.get(pk=cast.lan.pk)
    assert (row.full_name, row.phone, row.birth_year, row.card_no) == ("Người đã xóa dữ liệu", "", None, "")
    assert (row.is_active, row.has_usable_password(), row.search_text) == (False, False, "nguoi da xoa du lieu")
    assert "Lan" not in row.sort_key + row.username
    assert not JoinRequest.objects.exists()
    assert not Progress.objects.filter(member=row).exists()
    assert Completion.objects.filter(member=row, unit=cast.may.unit).count() == 2
    assert Membership.objects.get(member=row).valid_to == NOW.date()
    assert place_of(row, YESTERDAY) is not None
    assert place_of(row, NOW.date()) is None
    assert _figures(cast, course.pk, YESTERDAY) == before == (2, 1)
    assert _figures(cast, course.pk, NOW.date()) == (1, 0)
    event = Event.objects.get(verb="member.erase")
    assert (event.actor_id, event.details) == (cast.admin.pk, {})


def _figures(cast: Cast, course_id: int, day: object) -> tuple[int, int]:
    subject = f"activity:{course_id}"
    count = total(branches(people(cast.ba_tri.path, [subject], day), subject, ("member", "full_time")))  # type: ignore[arg-type]  # a day
    return count.roster, count.trained


def test_only_an_administrator_erases_and_never_herself(cast: Cast, client: Client) -> None:
    for actor, member in ((cast.binh, cast.lan), (cast.admin, cast.admin), (cast.lan, cast.lan)):
        with pytest.raises(PermissionDenied):
            erase(actor, member, now=NOW)
    client.force_login(cast.admin)
    assert "Không hoàn tác được" in client.get(f"/people/{cast.lan.pk}/erase/").content.decode()
    assert Member.objects.get(pk=cast.lan.pk).phone
    assert client.post(f"/people/{cast.lan.pk}/erase/")["Location"] == "/people/"
    assert not Member.objects.get(pk=cast.lan.pk).phone
    assert client.get(f"/people/{cast.admin.pk}/erase/").status_code == 404


def test_whoever_is_erased_is_signed_out(cast: Cast, client: Client) -> None:
    client.force_login(cast.lan)
    erase(cast.admin, cast.lan, now=NOW)

    assert client.get("/me/").status_code == 302
