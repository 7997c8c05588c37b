"""What the database says after a run. Acknowledgements are not asked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session

from lms.demo.bench.place import contest_of_bench
from quizzes.models import Answer, Attempt, LateAnswer

SOME = 500  # ids a query


def answers(sent: Sequence[tuple[int, int, int, str]]) -> dict[str, int]:
    """Of the answers sent (attempt, place, seq, option): how many stand, are lost, stand twice, came too late."""
    attempts = sorted({attempt for attempt, *_ in sent})
    stand: Counter[tuple[int, int, int, str]] = Counter()
    places: Counter[tuple[int, int]] = Counter()
    late: set[tuple[int, int, int]] = set()
    for some in (attempts[at : at + SOME] for at in range(0, len(attempts), SOME)):
        rows = Answer.objects.filter(attempt__in=some).values_list("attempt_id", "place", "seq", "given")
        for attempt, place, seq, given in rows:
            stand[attempt, place, seq, ",".join(given)] += 1
            places[attempt, place] += 1
        late |= set(LateAnswer.objects.filter(attempt__in=some).values_list("attempt_id", "place", "seq"))
    found = sum(one in stand for one in set(sent))
    return {
        "sent": len(set(sent)),
        "accepted": found,
        "lost": len(set(sent)) - found,
        "doubled": sum(count - 1 for count in places.values()) + sum(one[:3] in late for one in stand),
        "late": len(late),
    }


def moves(*, since: datetime) -> dict[str, Any]:
    """Every start and hand-in since then by the server's stamp in microseconds, and the board's version now.

    A version is starts plus hand-ins: an open attempt counts one, a handed-in one two.
    """
    rows = Attempt.objects.filter(round__contest=contest_of_bench())
    stamps: list[int] = []
    for column in ("started_at", "submitted_at"):
        moments: Iterable[datetime] = rows.filter(**{f"{column}__gte": since}).values_list(column, flat=True)
        stamps += [int(moment.timestamp() * 1e6) for moment in moments]
    version = rows.count() + rows.filter(submitted_at__isnull=False).count()
    return {"stamps": sorted(stamps), "version": version}


def handed_in(members: Iterable[int]) -> dict[str, int]:
    """Of these people: how many have begun, handed in, and how many answers their attempts hold."""
    rows = Attempt.objects.filter(member__in=list(members))
    return {
        "begun": rows.count(),
        "handed_in": rows.filter(submitted_at__isnull=False).count(),
        "answers": Answer.objects.filter(attempt__in=rows.values("pk")).count(),
        "doubled": rows.count() - rows.values("member").distinct().count(),
    }


def sessions() -> int:
    """Each log-in leaves one."""
    return Session.objects.count()
