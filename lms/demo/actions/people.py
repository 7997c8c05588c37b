"""The demo's roster: one account a role and as many made-up members as asked for, in bulk and always the same."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from lms.demo.actions.units import plan_tree
from lms.demo.data import names, unions
from lms.demo.data.accounts import ACCOUNTS, PASSWORD, PIN, Account
from lms.people.actions.posts import appoint
from lms.people.models import Function, Member, Membership, PersonClass, Unit, UnitVersion

BATCH = 2000
FULL_TIME_PER_OFFICE = 5
PART_TIME_PER_UNION = 4


def load_people(units: dict[str, UnitVersion], *, members: int, now: datetime) -> dict[str, Member]:
    """Write the accounts and fill the roster up to `members` persons; returns the accounts by user name."""
    random = Random(2023)  # noqa: S311  # demo data: the same at every load
    accounts = _load_accounts(units, now=now)
    wanted = _places(members - len(ACCOUNTS), random)
    number = 0
    while batch := list(islice(wanted, BATCH)):
        people = [_person(random, number + at) for at in range(len(batch))]
        number += len(batch)
        Member.objects.bulk_create(people)
        Membership.objects.bulk_create(
            Membership(member=person, unit_id=units[code].unit_id, person_class=kind, valid_from=since)
            for person, (code, kind, since) in zip(people, batch, strict=True)
        )
    return accounts


def _load_accounts(units: dict[str, UnitVersion], *, now: datetime) -> dict[str, Member]:
    secrets = {PASSWORD: make_password(PASSWORD), PIN: make_password(PIN, hasher="pin"), "": make_password(None)}
    made = {}
    for number, account in enumerate(ACCOUNTS):
        member = _account(account, number, secrets, now)
        member.save()
        Membership.objects.create(
            member=member,
            unit_id=units[account.unit].unit_id,
            person_class=account.person_class,
            valid_from=date(2023, 1, 1),
        )
        made[member.username] = member
    for account in ACCOUNTS:
        if account.function:
            unit = Unit.objects.get(pk=units[account.post_unit].unit_id)
            appoint(None, made[account.username], Function(account.function), unit, now=now)
    return made


def _account(account: Account, number: int, secrets: dict[str, str], now: datetime) -> Member:
    return Member(
        username=account.username or f"chua-kich-hoat-{number}",
        full_name=account.full_name,
        phone=account.phone,
        birth_year=account.birth_year,
        gender="female" if "Thị" in account.full_name else "",
        password=secrets[account.secret if account.activated else ""],
        joined_at=now if account.activated else None,
    )


def _person(random: Random, number: int) -> Member:
    full_name, gender = names.person(random)
    if number < len(names.LONGEST):
        full_name = names.LONGEST[number]
    person = Member(
        username=f"tv{number + 1:06d}",
        full_name=full_name,
        gender=gender,
        phone=f"09{10_000_000 + number:08d}",
        birth_year=random.randint(1964, 2005),
        password=UNUSABLE_PASSWORD_PREFIX,
    )
    person.fill()
    return person


def _places(count: int, random: Random) -> Iterator[tuple[str, str, date]]:
    """(code of the union, class of person, member since) for `count` persons: cadres first, then by weight."""
    plans = [plan for plan in plan_tree() if plan.level == "grassroots"]
    cadres = [(plan.code, PersonClass.FULL_TIME) for plan in plans if plan.code.endswith("-CQ")] * FULL_TIME_PER_OFFICE
    cadres += [("COQUAN", PersonClass.FULL_TIME)] * 8
    cadres += [(plan.code, PersonClass.PART_TIME) for plan in plans if plan.weight] * PART_TIME_PER_UNION
    for code, kind in cadres[:count]:
        yield code, kind, _since(random)
    uppers = {upper.code: upper.weight for upper in unions.UPPER_UNIONS}
    ordinary = [plan for plan in plans if plan.weight]
    weights = [uppers.get(plan.parent, 1) * plan.weight for plan in ordinary]
    for plan in random.choices(ordinary, weights, k=max(0, count - len(cadres))):
        kind = PersonClass.WORKER if random.random() < 0.07 else PersonClass.MEMBER
        yield plan.code, kind, _since(random)


def _since(random: Random) -> date:
    return date(2023, 1, 1) + timedelta(days=random.choice((0, 0, 0, 0, random.randint(1, 500))))
