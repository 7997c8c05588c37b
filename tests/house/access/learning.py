from tests.cast import Cast
from tests.coverage.world import make_indicators
from tests.house.access import Row, members


def _lans_union(cast: Cast) -> dict[str, int]:
    return {"unit_id": cast.may.unit_id}


def _lans_people(cast: Cast) -> dict[str, int]:
    make_indicators()
    return _lans_union(cast)


def _ba_tri(cast: Cast) -> dict[str, int]:
    return {"unit_id": cast.ba_tri.unit_id}


ROWS: list[Row] = [
    members("learning:record"),
    members("coverage:start"),
    Row("coverage:unit", make=_lans_union),  # a member sees the own union's figures
    Row("coverage:unit", make=_ba_tri, owner_is="binh", outsider_is="dung"),
    Row("coverage:unit", make=_ba_tri, owner_is="admin", outsider_is="lan"),
    Row("coverage:names", make=_lans_people, owner_is="binh", outsider_is="lan"),
    Row("coverage:names", make=_lans_people, owner_is="binh", outsider_is="dung"),
    Row("coverage:names", make=_lans_people, owner_is="admin", outsider_is="organiser"),
]
