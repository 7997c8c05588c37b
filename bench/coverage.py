"""The province dashboard at full size: python bench/coverage.py [--members 170000 --units 1200 --completions 2000000].

Fills the empty database that DATABASE_URL names (by default a throw-away SQLite file), rebuilds the read model and
prints the CPU time of pages. Everything is made up from a seed.
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2024, 12, 20)
COURSES = 16
UPPER = 13


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=170_000)
    parser.add_argument("--units", type=int, default=1_200)
    parser.add_argument("--completions", type=int, default=2_000_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings.test"
        sys.path.insert(0, str(ROOT))
        django.setup()
        run(wanted.members, wanted.units, wanted.completions)


def run(members: int, units: int, completions: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()

    from lms.coverage.actions.indicators import import_indicators  # noqa: PLC0415  # after django.setup()
    from lms.coverage.actions.rebuilding import rebuild  # noqa: PLC0415  # after django.setup()
    from lms.coverage.models import Tally  # noqa: PLC0415  # after django.setup()

    call_command("migrate", verbosity=0)
    if Tally.objects.exists():  # filled by an earlier run: only measure
        measure()
        return
    random = Random(7)  # made-up data
    paths = make_units(units)
    make_people(members, paths, random)
    make_completions(completions, members, paths, random)
    content = (ROOT / "lms/coverage/data/indicators.csv").read_bytes()
    import_indicators(content, actor=None, now=datetime(2024, 12, 20, tzinfo=UTC))
    started = time.process_time()
    rebuild()
    say(f"rebuild: {time.process_time() - started:.1f} s CPU, {Tally.objects.count():,} tallies")
    measure()


def make_units(number: int) -> list[tuple[int, str]]:
    """The province, its upper unions, and grassroots unions below them; returns the latter's ids and paths."""
    from lms.people.engine.path import child_path  # noqa: PLC0415  # after django.setup()
    from lms.people.models import Unit, UnitVersion  # noqa: PLC0415  # after django.setup()

    Unit.objects.bulk_create(Unit(pk=n, code=f"U{n}", entry_code=f"{n}") for n in range(1, number + 1))
    paths, versions = {1: child_path("", 1)}, []
    for n in range(1, number + 1):
        parent = None if n == 1 else 1 if n <= UPPER + 1 else 2 + n % UPPER
        if parent:
            paths[n] = child_path(paths[parent], n)
        level = "province" if n == 1 else "upper" if n <= UPPER + 1 else "grassroots"
        version = UnitVersion(
            unit_id=n, name=f"Union {n}", short_name=f"Union {n}", level=level, parent_id=parent, path=paths[n],
            valid_from=date(2023, 1, 1),
        )  # fmt: skip
        version.fill()
        versions.append(version)
    UnitVersion.objects.bulk_create(versions)
    return [(n, path) for n, path in paths.items() if n > UPPER + 1]


def make_people(number: int, units: list[tuple[int, str]], random: Random) -> None:
    from lms.people.models import Member, Membership, Post  # noqa: PLC0415  # after django.setup()

    now = datetime(2023, 1, 1, tzinfo=UTC)
    columns = "id, username, full_name, sort_key, search_text, password"
    insert(
        Member,
        columns,
        ((n, f"m{n}", f"Person {n}", f"{n:08d}", f"person {n}", "!") for n in range(1, number + 1)),
        "phone, phone_verified, email, gender, card_no, is_active, is_staff, is_superuser, created_at",
        ("", False, "", "", "", True, False, False, now),
    )
    kinds = ["full_time", "part_time", "member", "worker"]
    insert(
        Membership,
        "member_id, unit_id, person_class, valid_from",
        (
            (
                n,
                units[n % len(units)][0],
                random.choices(kinds, (1, 10, 170, 20))[0],
                date(2023, 1, 1) + timedelta(random.randrange(600) if n % 5 == 0 else 0),
            )
            for n in range(1, number + 1)
        ),
    )
    admin = Member.objects.create_user("admin", full_name="Admin")
    Post.objects.create(member=admin, unit_id=1, function="province_admin", valid_from=date(2023, 1, 1))


def make_completions(number: int, members: int, units: list[tuple[int, str]], random: Random) -> None:
    from lms.learning.actions import open_activity  # noqa: PLC0415  # after django.setup()
    from lms.learning.models import Completion  # noqa: PLC0415  # after django.setup()

    courses = [
        open_activity(key=f"course:{n}", kind="course", title=f"Course {n}", url="", tags=["CDS"] if n < 3 else [])
        for n in range(COURSES)
    ]
    each = min(members, number // COURSES)
    now = datetime(2024, 1, 1, tzinfo=UTC)
    for course in courses:
        rows = (
            (n, course.pk, *units[n % len(units)], date(2024, 1, 1) + timedelta(random.randrange(350)))
            for n in random.sample(range(1, members + 1), each)
        )
        columns = "member_id, activity_id, unit_id, unit_path, completed_on"
        insert(Completion, columns, rows, "person_class, completed_at", ("member", now))


def insert(model, columns: str, rows, same: str = "", values: tuple[Any, ...] = ()) -> None:  # type: ignore[no-untyped-def]  # bench
    from django.db import connection, transaction  # noqa: PLC0415  # after django.setup()

    names = ", ".join(filter(None, (columns, same)))
    places = ", ".join(["%s"] * len(names.split(",")))
    statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})"  # noqa: S608  # own names
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [(*row, *values) for row in rows])


def measure() -> None:
    from django.db import connection  # noqa: PLC0415  # after django.setup()
    from django.test import Client  # noqa: PLC0415  # after django.setup()

    from lms.people.models import Member  # noqa: PLC0415  # after django.setup()

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client()
    client.force_login(Member.objects.get(username="admin"))
    on = DAY.isoformat()
    pages = {
        "province, P1-01": f"/coverage/?as_of={on}",
        "province, a course, everybody": f"/coverage/?subject=course:0&population=all&as_of={on}",
        "an upper union, a course": f"/coverage/2/?subject=course:0&population=all&as_of={on}",
        "a grassroots union, a course": f"/coverage/{UPPER + 2}/?subject=course:0&population=all&as_of={on}",
        "names of an upper union": f"/coverage/2/people/?subject=course:0&population=all&as_of={on}",
    }
    say(f"{'page':<34} {'CPU ms':>8} {'wall ms':>8}")
    for name, address in pages.items():
        times = []
        for _ in range(7):
            cpu, wall = time.process_time(), time.perf_counter()
            assert client.get(address).status_code == 200
            times.append((time.process_time() - cpu, time.perf_counter() - wall))
        best = sorted(times)[len(times) // 2]
        say(f"{name:<34} {best[0] * 1000:>8.0f} {best[1] * 1000:>8.0f}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
