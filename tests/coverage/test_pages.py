"""Who sees what, at every address of coverage and learning."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.coverage.actions.rebuilding import rebuild
from lms.coverage.queries import own_unit_figures
from lms.learning import actions
from lms.people.models import Level, Member, UnitVersion
from tests.cast import Cast
from tests.coverage.world import done, make_course, make_indicators
from tests.factories import make_member, make_unit

DAY = date(2024, 12, 20)


@pytest.fixture
def world(cast: Cast) -> Cast:
    make_indicators()
    rebuild()
    course = make_course()
    done(cast.lan, course)
    done(cast.binh, course, date(2024, 11, 3))
    return cast


def at(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def status(member: Member, unit: UnitVersion, page: str = "") -> int:
    return int(at(member).get(f"/coverage/{unit.unit_id}/{page}?as_of=2024-12-20").status_code)


@pytest.mark.parametrize("address", ["/coverage/", "/coverage/1/", "/coverage/1/people/", "/learning/"])
def test_anonymous_people_are_asked_to_sign_in(db: None, address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next={address}"


def test_an_officer_opens_exactly_the_own_subtree(world: Cast) -> None:
    opened = {
        unit.short_name: (status(world.binh, unit), status(world.binh, unit, "people/"))
        for unit in (world.province, world.ba_tri, world.may, world.truong, world.y_te, world.benh_vien)
    }

    assert opened == {
        "LĐLĐ tỉnh": (404, 404),
        "LĐLĐ huyện Ba Tri": (200, 200),
        "CĐCS May Bến Dừa": (200, 200),
        "CĐCS Trường Lạc Hồng": (200, 200),
        "CĐ ngành Y tế": (404, 404),
        "CĐCS Bệnh viện Sông Tiền": (404, 404),
    }


def test_the_administrator_opens_everything(world: Cast) -> None:
    units = (world.province, world.ba_tri, world.benh_vien)

    assert [(status(world.admin, unit), status(world.admin, unit, "people/")) for unit in units] == [(200, 200)] * 3


def test_a_member_sees_the_own_headline_and_no_name(world: Cast) -> None:
    make_member("Trần Ngọc Bích Riêng", unit=world.may)
    page = at(world.lan).get(f"/coverage/{world.may.unit_id}/?as_of=2024-12-20").content.decode()

    assert "Trần Ngọc Bích Riêng" not in page
    assert "/people/" not in page
    assert status(world.lan, world.may, "people/") == 404
    assert [status(world.lan, unit) for unit in (world.ba_tri, world.truong, world.province)] == [404] * 3


@pytest.mark.parametrize("who", ["trainer", "editor", "organiser"])
def test_staff_without_people_to_look_after_see_no_names(world: Cast, who: str) -> None:
    member: Member = getattr(world, who)

    assert status(member, world.province) == 200  # they belong there: the headline
    assert [status(member, world.province, "people/"), status(member, world.may)] == [404, 404]


def test_a_person_without_a_union_is_told_what_to_do(world: Cast) -> None:
    page = at(make_member("Không Đơn Vị")).get("/coverage/")

    assert page.status_code == 200
    assert next(t.name for t in page.templates) == "coverage/nowhere.html"


def test_start_opens_at_the_own_post(world: Cast) -> None:
    def shown(member: Member) -> int:
        return int(at(member).get("/coverage/").context["seat"].unit_id)

    assert (shown(world.admin), shown(world.binh), shown(world.lan)) == (
        world.province.unit_id, world.ba_tri.unit_id, world.may.unit_id,
    )  # fmt: skip


def test_names_are_split_in_done_and_not_done(world: Cast) -> None:
    def names(only: str, more: str = "") -> list[str]:
        address = f"/coverage/{world.ba_tri.unit_id}/people/?subject=course:1&population=all&as_of=2024-12-20"
        page = at(world.admin).get(f"{address}&only={only}{more}").context["page"]
        return [row.member.full_name for row in page]

    make_member("Âu Văn An", unit=world.truong)
    assert names("trained") == ["Trần Văn Bình", "Nguyễn Thị Lan"]
    assert names("missing") == ["Âu Văn An"]
    assert names("all") == ["Âu Văn An", "Trần Văn Bình", "Nguyễn Thị Lan"]
    assert names("all", "&q=nguyen thi") == ["Nguyễn Thị Lan"]


def test_the_reminder_names_those_who_are_missing(world: Cast) -> None:
    address = f"/coverage/{world.y_te.unit_id}/people/?subject=course:1&population=all&as_of=2024-12-20"

    text = at(world.dung).get(address).context["reminder"]

    assert "1. Lê Minh Châu" in text
    assert text.endswith("http://testserver/course:1/")


def test_names_of_unions_that_moved_away_stay_hidden_from_their_former_officer(world: Cast) -> None:
    UnitVersion.objects.filter(pk=world.may.pk).update(valid_to=date(2025, 1, 1))
    UnitVersion.objects.create(
        unit=world.may.unit, name="May", short_name="May", level=Level.GRASSROOTS, parent=world.y_te.unit,
        path=world.y_te.path + world.may.path[-6:], valid_from=date(2025, 1, 1),
    )  # fmt: skip
    address = f"/coverage/{world.ba_tri.unit_id}/people/?subject=course:1&population=all&as_of=2024-12-20&only=all"

    page = at(world.binh).get(address)

    assert [row.member.full_name for row in page.context["page"]] == ["Trần Văn Bình"]
    assert status(world.binh, world.may) == 404
    assert status(world.dung, world.may) == 200


def test_another_day_shows_the_figures_of_that_day(world: Cast) -> None:
    def count(day: str) -> tuple[int, int]:
        address = f"/coverage/?subject=course:1&population=all&as_of={day}"
        whole = at(world.binh).get(address).context["board"].whole.count
        return (whole.roster, whole.trained)

    assert [count("2024-11-02"), count("2024-11-03"), count("2024-12-20")] == [(2, 0), (2, 1), (2, 2)]


@pytest.mark.parametrize(
    ("asked", "field"),
    [("as_of=hom-qua", "as_of"), ("as_of=2999-01-01", "as_of"), ("subject=course:none", "subject"),
     ("population=nobody", "population")],
)  # fmt: skip
def test_nonsense_in_the_address_is_named_and_the_page_still_shows(world: Cast, asked: str, field: str) -> None:
    response = at(world.admin).get(f"/coverage/?{asked}")

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "board" in response.context


def test_a_day_before_the_union_was_founded(world: Cast) -> None:
    response = at(world.admin).get("/coverage/?as_of=2020-01-01")

    assert response.status_code == 200
    assert "board" not in response.context


@pytest.mark.parametrize("n", [1, 3])
def test_dashboard_costs_the_same_for_any_number_of_unions_and_people(
    world: Cast, n: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(n):
        unit = make_unit(f"CĐCS Số {number}", parent=world.ba_tri)
        done(make_member(f"Người Số {number}", unit=unit), make_course(f"course:x{number}"))
    rebuild()
    client = at(world.binh)
    client.get("/coverage/?as_of=2024-12-20")

    with django_assert_max_num_queries(12):
        client.get("/coverage/?as_of=2024-12-20")


@pytest.mark.parametrize("n", [1, 3])
def test_names_cost_the_same_for_any_number_of_people(
    world: Cast, n: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(n):
        make_member(f"Người Số {number}", unit=world.may)
    rebuild()
    client = at(world.binh)
    client.get("/coverage/")

    with django_assert_max_num_queries(14):
        client.get(f"/coverage/{world.ba_tri.unit_id}/people/?as_of=2024-12-20&subject=course:1")


@pytest.mark.parametrize("n", [1, 3])
def test_figures_of_the_home_page_are_two_queries(
    world: Cast, n: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(n):
        done(world.lan, make_course(f"course:y{number}"))

    with django_assert_num_queries(2):
        figures = own_unit_figures(world.lan, DAY)

    assert len(figures) == min(n + 1, 3)
    assert (figures[0].unit_name, figures[0].count.roster, figures[0].count.trained) == ("CĐCS May Bến Dừa", 1, 1)


@pytest.mark.parametrize("n", [1, 3])
def test_own_results_show_own_courses_only(
    world: Cast, n: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = datetime(2024, 12, 20, tzinfo=UTC)
    for number in range(n):
        course = make_course(f"course:z{number}")
        lesson = actions.open_activity(key=f"lesson:z{number}", kind="lesson", title="Bài", url="/b/", parent=course)
        actions.open_activity(key=f"lesson:zz{number}", kind="lesson", title="Bài", url="/b/", parent=course)
        actions.mark_read(world.lan, lesson, now=now)
    client = at(world.lan)

    with django_assert_max_num_queries(9):
        record = client.get("/learning/").context["record"]

    assert len(record.in_progress) == n
    assert [row.activity.key for row in record.done] == ["course:1"]
    assert at(world.chau).get("/learning/").context["record"].done == []
