"""The right to answer one attempt, signed into its page: the answer door checks it without session or database."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

_signer = signing.Signer(salt="quizzes.live.attempt")


@dataclass(frozen=True)
class Ticket:
    attempt_id: int
    started_ms: int  # since the epoch: answers of a plain form are numbered by the milliseconds since the start


def make_ticket(attempt_id: int, started_at: datetime) -> str:
    return _signer.sign(f"{attempt_id}.{milliseconds(started_at)}")


def read_ticket(text: str) -> Ticket | None:
    """The ticket, or None for one that isn't ours. It needs no end: the attempt's own clock decides what counts."""
    try:
        attempt, started = _signer.unsign(text).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return Ticket(int(attempt), int(started))


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
