"""Who has done it and who hasn't: names for officers, of the people counted in the figure, each once."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lms.coverage.engine.figures import Count
from lms.coverage.engine.subjects import Aim
from lms.coverage.queries import sums
from lms.coverage.queries.access import Seat
from lms.coverage.queries.aims import all_aims
from lms.coverage.queries.choices import Choice
from lms.learning.models import Completion
from lms.people.models import Function, Membership, UnitVersion

MOST_AT_ONCE = 20_000  # above that a list of names is asked for union by union


def aim_of(choice: Choice) -> Aim:
    return next(aim for aim in all_aims() if aim.key == choice.subject)


def headline(seat: Seat, choice: Choice, day: date) -> Count:
    """The figure that the names stand behind."""
    found = sums.people(seat.version.path, [choice.subject], day)
    return sums.total(sums.branches(found, choice.subject, choice.classes))


def people(
    seat: Seat, choice: Choice, aim: Aim, day: date, *, only: str = "", search: str = ""
) -> "QuerySet[Membership]":
    """Memberships of `day` below the union with `.member`, `.unit_name` and `.done_on`, by given name.

    `only`: "missing", "trained" or "" for all. Unions that have moved out of an officer's part of the tree since
    then are left out: names follow the tree of today.
    """
    places = UnitVersion.objects.on(day).under(seat.version.path).filter(counted=True)
    later = Membership.objects.on(day).filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
    deeds = Completion.objects.filter(
        member=OuterRef("member"),
        activity_id__in=aim.activities,
        completed_on__gte=aim.since,
        completed_on__lte=min(aim.until, day),
    )
    rows = (
        Membership.objects.on(day)
        .filter(unit_id__in=places.values("unit_id"), person_class__in=choice.classes)
        .filter(~Exists(later))
        .select_related("member")
        .annotate(
            unit_name=Subquery(places.filter(unit_id=OuterRef("unit_id")).values("short_name")[:1]),
            done_on=Subquery(deeds.order_by("completed_on").values("completed_on")[:1]),
        )
    )
    if not seat.scope.has(Function.PROVINCE_ADMIN):
        rows = rows.filter(_still_looked_after(seat))
    if only == "missing":
        rows = rows.filter(~Exists(deeds))
    elif only == "trained":
        rows = rows.filter(Exists(deeds))
    if search:
        rows = rows.filter(member__search_text__contains=search)
    return rows.order_by("member__sort_key", "pk")


def _still_looked_after(seat: Seat) -> Q:
    """Where the union stands now, or stood last when it has ended."""
    newer = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__gt=OuterRef("valid_from"))
    latest = UnitVersion.objects.filter(~Exists(newer))
    inside = Q(pk__in=[])
    for root in seat.scope.people_paths:
        inside |= Q(unit_id__in=latest.under(root).values("unit_id"))
    return inside
