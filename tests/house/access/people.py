from typing import Any

from lms.people.actions.join import ask
from lms.people.models import Function
from tests.cast import Cast
from tests.factories import make_post
from tests.house.access import Row, members, public
from tests.quizzes.makers import NOON

OFFICERS: dict[str, Any] = {"owner_is": "binh"}  # of Ba Tri, Lan's upper union
OTHER_OFFICER: dict[str, Any] = OFFICERS | {"outsider_is": "dung"}


def _lan(cast: Cast) -> dict[str, int]:
    return {"member_id": cast.lan.pk}


def _request(cast: Cast) -> dict[str, int]:
    request = ask("Lê Thị Hồng", "0999999999", 1991, cast.may.unit_id, now=NOON)
    assert request is not None
    return {"request_id": request.pk}


def _post(cast: Cast) -> dict[str, int]:
    return _lan(cast) | {"post_id": make_post(cast.lan, Function.UNIT_OFFICER, cast.may).pk}


APPOINT: dict[str, Any] = {"name": "people:appoint", "make": _lan}
CHANGE: dict[str, Any] = {
    "name": "people:change_post", "make": _post, "method": "post", "data": {"verb": "dismiss"}, "owner": 302,
}  # fmt: skip
ROWS: list[Row] = [
    Row("people:join", anonymous=200, outsider=302, owner=302),
    public("people:ask", anonymous=405, outsider=405, owner=405),
    public("people:choose_secret"),  # without proof it only says how to begin
    public("people:use_code"),
    members("people:profile"),
    members("people:own_data"),
    Row("people:roster", **OFFICERS),
    Row("people:requests", **OFFICERS),
    Row("people:person", make=_lan, **OFFICERS),
    Row("people:person", make=_lan, **OTHER_OFFICER),
    Row("people:person", make=_lan, owner_is="admin", outsider_is="organiser"),
    Row("people:give_code", make=_lan, method="post", **OFFICERS),
    Row("people:give_code", make=_lan, method="post", **OTHER_OFFICER),
    Row("people:decide", make=_request, method="post", data={"verb": "refuse"}, owner=302, **OFFICERS),
    Row("people:decide", make=_request, method="post", data={"verb": "refuse"}, owner=302, **OTHER_OFFICER),
    Row("people:refuse_unknown", method="post", owner=302, **OFFICERS),
    Row(**APPOINT, **OFFICERS),
    Row(**APPOINT, **OTHER_OFFICER),
    Row(**CHANGE, **OFFICERS),
    Row(**CHANGE, **OTHER_OFFICER),
    Row("people:erase", make=_lan, owner_is="admin", outsider_is="binh"),
]
