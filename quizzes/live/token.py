"""A socket's seat ticket: who looks at which round of which contest, for some minutes. No database checks it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

LIFE = timedelta(minutes=10)  # to open a socket; an open one may stay
_signer = signing.Signer(salt="quizzes.live.board")


@dataclass(frozen=True)
class Seat:
    contest_id: int
    number: int  # of the round; 0 = all rounds
    member_id: int


def make_token(seat: Seat, *, now: datetime) -> str:
    return _signer.sign(f"{seat.contest_id}.{seat.number}.{seat.member_id}.{int((now + LIFE).timestamp())}")


def read_token(token: str, *, now: datetime) -> Seat | None:
    """The seat, or None for a token that is not ours or whose time is over."""
    try:
        contest, number, member, until = _signer.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return Seat(int(contest), int(number), int(member)) if now.timestamp() < int(until) else None


def board_address(contest_id: int, number: int) -> str:
    """Where the shared part of a board lies for everybody who was told: the same for all, so that a CDN can hold it."""
    return f"/live/board/{contest_id}-{number}-{_mark(contest_id, number)}.json"


def read_address(path: str) -> tuple[int, int] | None:
    """Contest and round number of an address that `board_address` made; None for a guessed one."""
    found = _ADDRESS.fullmatch(path)
    if found is None:
        return None
    contest_id, number = int(found[1]), int(found[2])
    return (contest_id, number) if constant_time_compare(found[3], _mark(contest_id, number)) else None


_ADDRESS = re.compile(r"/live/board/([0-9]{1,18})-([0-9]{1,4})-([0-9a-f]{20})\.json")


def _mark(contest_id: int, number: int) -> str:
    return salted_hmac("quizzes.live.address", f"{contest_id}.{number}").hexdigest()[:20]
