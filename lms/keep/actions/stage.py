"""Dressing a copy of the database for a rehearsal. Refuses to touch anything but a copy made for one."""

from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from lms.keep.actions.sentences import Refused
from lms.people.models import Member, Membership, Tries, Unit
from lms.people.models.member import hasher_for
from quizzes.engine.rules import Rules, parse
from quizzes.models import Attempt, Contest, ContestState, Round

MARK = "benhoc_rehearsal"  # part of the name of every copy, and of no real database
PIN = "739154"


def refuse_real_database() -> None:
    if not Path(str(connection.settings_dict["NAME"])).name.startswith(MARK):
        raise Refused(_("A rehearsal only ever writes to its own copy."))


def set_stage(people: int, *, now: datetime) -> tuple[str, list[str]]:
    """A contest open now and `people` who may enter it with PIN; its address and their user names."""
    refuse_real_database()
    with transaction.atomic():
        DBTaskResult.objects.all().delete()  # nothing that was waiting happens twice
        contest = _contest()
        rules = parse(contest.rules)
        current = _open(contest, now)
        Attempt.objects.filter(round=current).delete()
        known = _entrants(contest, rules, now, people)
        missing = people - len(known)
        made = _made_up(missing, rules, known, now) if missing > 0 else []
        entrants = [*known, *made]
        hashed = make_password(PIN, hasher=hasher_for(PIN))
        for begin in range(0, len(entrants), 500):
            Member.objects.filter(pk__in=entrants[begin : begin + 500]).update(password=hashed, is_active=True)
        Tries.objects.all().delete()
        names = dict(Member.objects.values_list("pk", "username"))
    return contest.slug, [names[pk] for pk in entrants]


def _contest() -> Contest:
    """The published contest that opens last: the one that the organiser has in mind."""
    found = Contest.objects.filter(state=ContestState.PUBLISHED, rounds__isnull=False).order_by("-rounds__opens_at")
    contest = found.first()
    if contest is None:
        raise Refused(_("There is no published contest to rehearse. Publish one first."))
    return contest


def _open(contest: Contest, now: datetime) -> Round:
    """Its last round, opened for three hours; the others are long over, or not yet."""
    *others, current = contest.rounds.order_by("number")
    for back, other in enumerate(reversed(others), start=1):
        times = {"opens_at": now - timedelta(days=back + 1), "closes_at": now - timedelta(days=back)}
        Round.objects.filter(pk=other.pk).update(**times)
    Round.objects.filter(pk=current.pk).update(
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=3), closed_at=None
    )
    return current


def _entrants(contest: Contest, rules: Rules, now: datetime, people: int) -> list[int]:
    today = Membership.objects.on(localdate(now)).filter(person_class__in=rules.eligible)
    plain = today.filter(member__is_staff=False, member__posts=None).exclude(member_id=contest.organiser_id or 0)
    return list(plain.order_by("member_id").values_list("member_id", flat=True)[:people])


def _made_up(count: int, rules: Rules, known: list[int], now: datetime) -> list[int]:
    """People who exist in the copy only, in the union of somebody real."""
    union = Membership.objects.filter(member_id__in=known[:1]).values_list("unit_id", flat=True).first()
    if union is None:
        union = Unit.objects.order_by("-pk").values_list("pk", flat=True).first()
    if union is None:
        raise Refused(_("There are no unions in the roster yet."))
    people = [Member(username=f"dien-tap-{number}", full_name=f"Người Diễn Tập {number}") for number in range(count)]
    for person in people:
        person.fill()
    made = Member.objects.bulk_create(people, batch_size=500)
    since, kind = localdate(now) - timedelta(days=1), rules.eligible[0]
    rows = [Membership(member=one, unit_id=union, person_class=kind, valid_from=since) for one in made]
    Membership.objects.bulk_create(rows, batch_size=500)
    return [one.pk for one in made]
