"""python -m tests.survival.stage ENTRANTS CHORES: people with open attempts in an empty house, and tasks to be done.

Prints one JSON object. It runs in a process of its own, as the database isn't the one of the tests.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

QUESTIONS = 10


def main(entrants: int, chores: Path) -> dict[str, Any]:
    from django.utils import timezone

    from lms.web import later
    from tests.cast import make_cast
    from tests.factories import make_member
    from tests.quizzes.attempts import open_contest
    from tests.quizzes.makers import DAY, round_document

    now = timezone.now()
    cast = make_cast()
    contest = open_contest(
        cast.province, questions=QUESTIONS, rounds=[round_document(now - DAY, now + DAY)], minutes=60, unit_min_people=0
    )
    members = [make_member(f"Người {number}", unit=cast.may) for number in range(entrants)]
    attempts = _open_attempts(contest, members, cast.may, now)
    for name in ("killed", "frozen", "stopped"):
        later.enqueue("survival.chore", called=name, place=str(chores))
    return {
        "contest": contest.pk,
        "entrants": [
            {
                "attempt": attempt.pk,
                "member": attempt.member_id,
                "started_ms": int(attempt.started_at.timestamp() * 1000),
                "session": _session(member),
            }
            for attempt, member in zip(attempts, members, strict=True)
        ],
    }


def _open_attempts(contest: Any, members: list[Any], unit: Any, now: Any) -> list[Any]:
    from quizzes.models import Attempt

    paper = [{"version": entry.version_id, "options": ["a", "b", "c", "d"]} for entry in contest.pool.order_by("pk")]
    one = contest.rounds.get()
    return Attempt.objects.bulk_create(
        [
            Attempt(
                round=one, member=member, number=1, unit=unit.unit, unit_path=unit.path, person_class="member",
                paper=paper, started_at=now - timedelta(minutes=1), deadline_at=now + timedelta(minutes=59),
            )
            for member in members
        ]
    )  # fmt: skip


def _session(member: Any) -> str:
    """A signed-in session's key."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        staged = main(int(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(json.dumps(staged))
