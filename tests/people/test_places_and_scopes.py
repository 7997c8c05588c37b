from datetime import date

from lms.people.models import Cohort, CohortUnit
from lms.people.queries.cohorts import Pilot, pilots_at
from lms.people.queries.places import place_of
from lms.people.queries.scopes import scope_of
from tests.cast import Cast

TODAY = date(2024, 6, 1)


def test_an_officer_covers_exactly_the_own_subtree(cast: Cast) -> None:
    scope = scope_of(cast.binh, TODAY)

    inside, outside = (cast.may, cast.truong, cast.ba_tri), (cast.benh_vien, cast.y_te, cast.province)
    assert all(scope.covers(unit.path) for unit in inside)
    assert not any(scope.covers(unit.path) for unit in outside)


def test_place_is_the_union_of_the_day(cast: Cast) -> None:
    place = place_of(cast.lan, TODAY)

    assert place is not None
    assert (place.path, place.person_class) == (cast.may.path, "member")


def test_pilots_are_told_to_their_unions_and_to_those_above_and_below(cast: Cast) -> None:
    pilot = Cohort.objects.create(code="pilot", title="Thí điểm chữ ký số")
    CohortUnit.objects.create(cohort=pilot, unit=cast.ba_tri.unit, valid_from=date(2024, 3, 1))
    told = [Pilot("Thí điểm chữ ký số", cast.ba_tri.unit_id, "LĐLĐ huyện Ba Tri")]

    assert [pilots_at(unit.path, TODAY) for unit in (cast.province, cast.ba_tri, cast.may)] == [told] * 3
    assert pilots_at(cast.y_te.path, TODAY) == []
    assert pilots_at(cast.province.path, date(2024, 2, 29)) == []
