"""Boards as frames: figures and names turned into what is shown. Pure over what the shelf has at hand."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override

from lms.people.engine.names import masked_name
from lms.people.engine.path import unit_ids
from lms.people.models import Level
from lms.text.numbers import duration_text, vn_number, vn_percent
from quizzes.engine.board import ALL_ROUNDS, Board
from quizzes.engine.ranking import RankedUnit
from quizzes.engine.rules import Rules
from quizzes.engine.standing import Line
from quizzes.live.protocol import PROTOCOL, BoardFrame, OwnUnit, PersonRow, UnitRow
from quizzes.models import Contest, ContestState, Round
from quizzes.queries.boards import UnitFacts
from quizzes.queries.cards import CLOSED, COMING, round_state, score_is_shown

PEOPLE_SHOWN, UNITS_SHOWN = 20, 15


@lru_cache(maxsize=4096)
def mark(contest_id: int, kind: str, pk: int) -> str:
    """A row's name for the page: the same from frame to frame, and no way back to the person."""
    return salted_hmac("quizzes.live.frames", f"{contest_id}.{kind}.{pk}").hexdigest()[:10]


def rounds_of(contest: Contest, number: int) -> list[Round]:
    """The round with that number, or all of them."""
    return [one for one in contest.rounds.all() if number in (ALL_ROUNDS, one.number)]


def state_of(contest: Contest, number: int, now: datetime) -> str:
    states = {round_state(one, now) for one in rounds_of(contest, number)}
    if contest.state == ContestState.OFFICIAL:
        return "official"
    if states <= {CLOSED}:
        return "provisional"
    return "coming" if states == {COMING} else "open"


def people_are_shown(contest: Contest, rules: Rules, number: int, now: datetime) -> bool:
    return all(score_is_shown(rules, one, now) for one in rounds_of(contest, number))


def board_frame(
    contest: Contest, *, number: int, state: str, counts: tuple[int, int, int],
    people: list[PersonRow] | None, units: list[UnitRow],
) -> BoardFrame:  # fmt: skip
    version, entrants, working = counts
    return {
        "t": "board",
        "protocol": PROTOCOL,
        "contest": contest.pk,
        "round": number,
        "version": version,
        "entrants": vn_number(entrants),
        "working": vn_number(working),
        "state": state,  # type: ignore[typeddict-item]  # one of state_of's four
        "people": people,
        "units": units,
    }


def counts_of(board: Board, key: int) -> tuple[int, int, int]:
    """Version, people who have submitted, open attempts."""
    return board.version(key), len(board.standings[key]), board.working(key)


def person_row(
    contest: Contest, rules: Rules, rank: int, line: Line, *,
    names: Mapping[int, str], units: Mapping[int, UnitFacts],
) -> PersonRow:  # fmt: skip
    key = mark(contest.pk, "person", line.member)
    return {
        "rank": rank,
        "key": key,
        "name": _shown_name(names.get(line.member, ""), rules.names, key),
        "unit": unit_name(line.unit_path, units),
        "score": vn_number(line.score / 100),
        "time": duration_text(line.duration_ms),
    }


def unit_name(path: str, units: Mapping[int, UnitFacts]) -> str:
    """The nearest union on the way up that stands today."""
    return next((units[unit].name for unit in reversed(unit_ids(path)) if unit in units), "")


def unit_row(contest: Contest, rules: Rules, ranked: RankedUnit, units: Mapping[int, UnitFacts]) -> UnitRow:
    shown, percent = _unit_figure(rules, ranked)
    return {
        "rank": ranked.rank,
        "key": mark(contest.pk, "unit", ranked.unit),
        "name": units[ranked.unit].name,
        "percent": percent,
        "share": shown,
        "count": f"{vn_number(ranked.people)} / {vn_number(ranked.size)}",
    }


def _unit_figure(rules: Rules, ranked: RankedUnit) -> tuple[str, int]:
    """What a union is ranked by, as text and as the length of its bar (0–100)."""
    if rules.unit_ranking == "average":
        best = int(rules.best_possible * 100)
        return vn_number(ranked.average / 100), max(0, min(100, ranked.average * 100 // best))
    if rules.unit_ranking == "share":
        return vn_percent(min(ranked.people, ranked.size), ranked.size), int(ranked.share * 100)
    return vn_number(ranked.people), int(ranked.share * 100)


def own_unit(
    contest: Contest, ranked: RankedUnit | None, units: Mapping[int, UnitFacts]
) -> OwnUnit | None:  # fmt: skip
    if ranked is None:
        return None
    return {
        "key": mark(contest.pk, "unit", ranked.unit),
        "name": units[ranked.unit].name,
        "rank": ranked.rank,
        "count": f"{vn_number(ranked.people)} / {vn_number(ranked.size)}",
    }


def grassroots_of(path: str, units: Mapping[int, UnitFacts]) -> int | None:
    """The grassroots union on the way to `path`."""
    return next((unit for unit in unit_ids(path) if unit in units and units[unit].level == Level.GRASSROOTS), None)


def _shown_name(name: str, how: str, key: str) -> str:
    if how == "full" and name:
        return name
    if how == "masked" and name:
        return masked_name(name)
    with override(settings.LANGUAGE_CODE):  # frames are shared: one language for all
        return gettext("Entrant %(mark)s") % {"mark": key[:4].upper()}
