"""A socket's seat ticket: who looks at which round of which contest, for some minutes. No database checks it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

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
