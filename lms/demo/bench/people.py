"""Entrants of a bench run: attempts begun or handed in, and what their browsers would hold."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.crypto import get_random_string

from lms.demo.actions.attempts import Entrant, load_attempts
from lms.demo.bench.place import contest_of_bench
from lms.people.models import Member, Membership, UnitVersion
from quizzes.engine import clock, paper
from quizzes.engine.rules import parse
from quizzes.live.ticket import make_ticket
from quizzes.live.token import Seat, make_token
from quizzes.models import Attempt, PoolEntry


def newcomers(count: int) -> list[int]:
    """Members who have not entered the contest yet, the same ones until they do."""
    entered = Attempt.objects.values("member_id")
    rows = Member.objects.filter(username__startswith="tv", is_staff=False).exclude(pk__in=entered).order_by("pk")
    found = list(rows.values_list("pk", flat=True)[:count])
    assert len(found) == count, f"{count} people wanted, {len(found)} are left"
    return found


def begin(count: int, *, now: datetime) -> list[dict[str, Any]]:
    """`count` newcomers have just begun; each with the ticket that her page holds."""
    contest = contest_of_bench()
    current, rules = contest.rounds.get(), parse(contest.rules)
    pool, random = _pool(contest.pk), Random(count)  # noqa: S311  # nobody's secret
    attempts = Attempt.objects.bulk_create(
        Attempt(
            round=current,
            member_id=one.member_id,
            number=1,
            unit_id=one.unit_id,
            unit_path=one.unit_path,
            person_class=one.person_class,
            paper=[
                {"version": drawn.version, "options": list(drawn.options)}
                for drawn in paper.draw(pool, rules, random.getrandbits(32))
            ],
            started_at=now,
            deadline_at=clock.deadline(now, rules.minutes, current.closes_at),
        )
        for one in _entrants(newcomers(count))
    )
    return [
        {"attempt": one.pk, "member": one.member_id, "ticket": make_ticket(one.pk, one.started_at)} for one in attempts
    ]


def hand_in(count: int, *, now: datetime) -> list[int]:
    """`count` newcomers have handed in by now; their ids."""
    contest = contest_of_bench()
    people = newcomers(count)
    load_attempts(contest.rounds.get(), parse(contest.rules), _entrants(people), until=now)
    return people


def tokens(members: list[int], *, now: datetime) -> list[str]:
    """The right of each to open a board's socket, as her page holds it."""
    contest = contest_of_bench()
    return [make_token(Seat(contest.pk, 1, member), now=now) for member in members]


def cookies(members: list[int], *, now: datetime) -> list[str]:
    """The cookies of a browser in which each of them is signed in."""
    store, made = SessionStore(), []
    for member in Member.objects.filter(pk__in=members):
        content = {
            SESSION_KEY: str(member.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: member.get_session_auth_hash(),
        }
        made.append((member.pk, Session(get_random_string(32), store.encode(content), now + timedelta(days=1))))
    Session.objects.bulk_create([session for _, session in made])
    keys = {member: session.session_key for member, session in made}
    return [f"{settings.SESSION_COOKIE_NAME}={keys[member]}; {csrf_cookie()}" for member in members]


def csrf_cookie() -> str:
    return f"{settings.CSRF_COOKIE_NAME}={get_random_string(32)}"


def names(count: int) -> list[str]:
    """User names of newcomers."""
    people = newcomers(count)
    known = dict(Member.objects.filter(pk__in=people).values_list("pk", "username"))
    return [known[member] for member in people]


def _entrants(members: list[int]) -> list[Entrant]:
    paths = dict(UnitVersion.objects.filter(valid_to=None).values_list("unit_id", "path"))
    rows = Membership.objects.filter(member__in=members, valid_to=None).order_by("member_id")
    return [
        Entrant(member, unit, paths[unit], kind)
        for member, unit, kind in rows.values_list("member_id", "unit_id", "person_class")
    ]


def _pool(contest_id: int) -> list[paper.Candidate]:
    return [
        paper.Candidate(
            entry.version_id, entry.part, tuple(paper.Option(one["id"], pinned=False) for one in entry.version.options)
        )
        for entry in PoolEntry.objects.filter(contest_id=contest_id).select_related("version")
    ]
