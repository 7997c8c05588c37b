"""What a member has learned: everything under way and everything done, with days."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lms.learning.models import Completion, Kind
from lms.learning.queries.progress import CourseProgress, courses_in_progress
from lms.people.models import Member


@dataclass(frozen=True)
class Record:
    in_progress: list[CourseProgress]
    done: list[Completion]  # courses, contests and classes, the latest first

    @property
    def years(self) -> list[tuple[int, list[Completion]]]:
        return [(year, list(rows)) for year, rows in groupby(self.done, key=lambda row: row.completed_on.year)]

    @property
    def first_day(self) -> date | None:
        return self.done[-1].completed_on if self.done else None


def record_of(member: Member) -> Record:
    """Three queries."""
    done = Completion.objects.filter(member=member, activity__kind__in=(Kind.COURSE, Kind.CONTEST, Kind.CLASS))
    rows = done.select_related("activity").order_by("-completed_at", "-pk")
    return Record(courses_in_progress(member), list(rows))
