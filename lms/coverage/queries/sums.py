"""Figures as of a day: sums of tallies. Whole months first, then the days of the month asked for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection
from django.db.models import Q, Sum

from lms.coverage.engine.figures import Count
from lms.coverage.engine.subjects import ROSTER
from lms.coverage.models import Span, Subject, Tally
from lms.people.engine.path import WIDTH, subtree_range

Changes = dict[tuple[str, str, str], int]  # (subject, class, path of the child or of the root itself) -> people
Branches = dict[str, Count]  # path of the child, or of the root for its own people -> count


def as_of(day: date) -> tuple[Q, Q]:
    """The whole months before that of `day`, and the days of its own month: two ranges for two index scans."""
    first = day.replace(day=1)
    return Q(span=Span.MONTH, starts__lt=first), Q(span=Span.DAY, starts__gte=first, starts__lte=day)


def people(root: str, subjects: Collection[str], day: date) -> Changes:
    """People on the roster and people who did each subject, for every child of `root`, as of `day`. Two queries.

    The months' inner sum is in the order of an index, so that few rows are left to sort.
    """
    keys = dict(Subject.objects.filter(key__in={ROSTER, *subjects}).values_list("pk", "key"))
    if not keys:
        return {}
    first, width = day.replace(day=1), len(root) + WIDTH
    where: list[int | str | date] = [*keys, *subtree_range(root)]
    values = [width, *where, Span.MONTH.value, first, width, *where, Span.DAY.value, first, day]
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE.format(keys=", ".join(["%s"] * len(keys))), values)
        rows = cursor.fetchall()
    found: Changes = defaultdict(int)
    for subject, person_class, branch, number in rows:
        found[(keys[subject], person_class, branch)] += int(number)
    return found


_PEOPLE = (
    "SELECT subject_id, person_class, SUBSTR(path, 1, %s) AS branch, SUM(people) FROM ("
    "SELECT subject_id, path, person_class, SUM(people) AS people FROM coverage_tally"
    " WHERE subject_id IN ({keys}) AND path >= %s AND path < %s AND span = %s AND starts < %s"
    " GROUP BY subject_id, path, person_class) AS months GROUP BY 1, 2, 3"
    " UNION ALL "
    "SELECT subject_id, person_class, SUBSTR(path, 1, %s) AS branch, SUM(people) FROM coverage_tally"
    " WHERE subject_id IN ({keys}) AND path >= %s AND path < %s AND span = %s AND starts BETWEEN %s AND %s"
    " GROUP BY 1, 2, 3"
)


def branches(found: Changes, subject: str, classes: Iterable[str]) -> Branches:
    """One subject in one population. Children without anybody are left out; read them as `Count()`."""
    counts: dict[str, Count] = defaultdict(Count)
    for (key, person_class, branch), number in found.items():
        if person_class in classes:
            if key == ROSTER:
                counts[branch] += Count(roster=number)
            elif key == subject:
                counts[branch] += Count(trained=number)
    return dict(counts)


def by_month(root: str, subject: str, classes: Iterable[str], until: date) -> list[tuple[date, Count]]:
    """Changes within each month before that of `until`, oldest first. One query."""
    low, high = subtree_range(root)
    rows = (
        Tally.objects.filter(
            span=Span.MONTH, starts__lt=until.replace(day=1), subject__key__in={ROSTER, subject},
            person_class__in=list(classes), path__gte=low, path__lt=high,
        )
        .values("subject__key", "starts")
        .annotate(total=Sum("people"))
        .values_list("subject__key", "starts", "total")
    )  # fmt: skip
    changes: dict[date, Count] = defaultdict(Count)
    for key, month, total in rows:
        changes[month] += Count(roster=total) if key == ROSTER else Count(trained=total)
    return sorted(changes.items())


def total(counts: Branches) -> Count:
    """The parent: children and the people directly at it, each once."""
    return sum(counts.values(), Count())
