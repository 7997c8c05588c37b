from typing import Any

from quizzes.models import ContestState, QuestionState
from tests.cast import Cast
from tests.house.access import Row, members
from tests.quizzes.makers import NOON, make_attempt, make_contest, make_question

ORGANISERS: dict[str, Any] = {"owner_is": "organiser"}
WRITERS: dict[str, Any] = {"owner_is": "trainer"}
APPROVERS: dict[str, Any] = {"owner_is": "editor", "method": "post", "owner": 302}


def _contest(cast: Cast) -> dict[str, str]:
    return {"slug": make_contest(cast.province, organiser=cast.organiser).slug}


def _round(cast: Cast) -> dict[str, Any]:
    return _contest(cast) | {"number": 1}


def _draft(cast: Cast) -> dict[str, str]:
    return {"slug": make_contest(cast.province, organiser=cast.organiser, state=ContestState.DRAFT).slug}


def _attempt(cast: Cast, **changes: Any) -> dict[str, int]:
    return {"attempt_id": make_attempt(make_contest(cast.province), cast.lan, **changes).pk}


def _open_attempt(cast: Cast) -> dict[str, int]:
    untouched = {"started_at": NOON, "submitted_at": None, "closed_by": "", "duration_ms": None}
    return _attempt(cast, **untouched, deadline_at=NOON.replace(minute=15))


def _question(_cast: Cast) -> dict[str, int]:
    return {"question_id": make_question(state=QuestionState.DRAFT).question_id}


ROWS: list[Row] = [
    members("quizzes:contests"),
    members("quizzes:contest", make=_contest),
    members("quizzes:rules", make=_contest),
    members("quizzes:board", make=_contest),
    members("quizzes:board_feed", make=_contest, anonymous=401, outsider=302, owner=302),
    members("quizzes:board_own", make=_contest, anonymous=401),
    Row("quizzes:contest", make=_draft, **ORGANISERS),
    Row("quizzes:rules", make=_draft, **ORGANISERS),
    Row("quizzes:start", make=_contest, method="post", outsider=302, owner=302),
    Row("quizzes:start", make=_draft, method="post", owner=404),
    members("quizzes:attempts"),
    Row("quizzes:attempt", make=_open_attempt),
    Row("quizzes:submit", make=_open_attempt, method="post", owner=302),
    Row("quizzes:incident", make=_attempt),
    Row("quizzes:result", make=_attempt),
    Row("quizzes:review", make=_attempt, owner=403),  # until the round is over
    Row("quizzes:organised", **ORGANISERS),
    Row("quizzes:contest_new", **ORGANISERS),
    Row("quizzes:rules_preview", method="post", **ORGANISERS),
    Row("quizzes:contest_edit", make=_draft, **ORGANISERS),
    Row("quizzes:contest_edit", make=_draft, outsider_is="binh", **ORGANISERS),
    Row("quizzes:organise", make=_contest, **ORGANISERS),
    Row("quizzes:organise", make=_draft, outsider_is="trainer", **ORGANISERS),
    Row("quizzes:publish", make=_draft, method="post", owner=409, **ORGANISERS),  # too few approved questions
    Row("quizzes:official", make=_contest, method="post", owner=302, **ORGANISERS),
    Row("quizzes:extend", make=_round, **ORGANISERS),
    Row("quizzes:outage", make=_round, **ORGANISERS),
    Row("quizzes:outage", make=_round, method="post", data={"undo": "0"}, owner=302, **ORGANISERS),
    Row("quizzes:questions", **WRITERS),
    Row("quizzes:question", make=_question, **WRITERS),
    Row("quizzes:question_new", **WRITERS),
    Row("quizzes:question_edit", make=_question, **WRITERS),
    Row("quizzes:question_edit", make=_question, outsider_is="binh", **WRITERS),
    Row("quizzes:question_send", make=_question, method="post", owner=302, **WRITERS),
    Row("quizzes:question_approve", make=_question, outsider_is="trainer", **APPROVERS),
    Row("quizzes:question_retire", make=_question, outsider_is="trainer", **APPROVERS),
]
