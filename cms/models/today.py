"""What a member finds on the home page: what to do now first, then how it stands."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from cms.engine.outline import Outline
from cms.models.outline import outline_of
from lms.coverage.queries import Figure, own_unit_figures
from lms.learning.models import Activity, Kind
from lms.learning.queries import CourseProgress, courses_in_progress
from lms.people.engine.path import subtree_range
from lms.people.models import Function, JoinRequest, Member
from lms.people.queries.places import Place, place_of
from lms.people.queries.scopes import Scope, scope_of
from quizzes.models import Attempt
from quizzes.queries import ContestCard, contests_open_for

RESULTS_FOR = timedelta(days=14)
_MOST_COURSES = 4


@dataclass(frozen=True)
class Begun:
    title: str
    url: str
    outline: Outline


@dataclass(frozen=True)
class Work:
    """What waits for a member of staff: how many of which kind."""

    requests: int = 0  # people who ask to be let in
    to_approve: int = 0  # lessons that trainers handed in
    sent_back: int = 0  # own lessons that an editor sent back

    @property
    def kinds(self) -> int:
        return sum(bool(number) for number in (self.requests, self.to_approve, self.sent_back))


@dataclass(frozen=True)
class Today:
    place: Place | None
    contests: list[ContestCard] = field(default_factory=list)
    courses: list[Begun] = field(default_factory=list)
    suggestion: Activity | None = None  # a course to begin, when none is under way
    results: list[Attempt] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    work: Work = field(default_factory=Work)
    is_staff: bool = False

    @property
    def to_enter(self) -> list[ContestCard]:
        return [card for card in self.contests if card.can_start or card.can_resume]

    @property
    def things(self) -> int:
        """How many matters ask for something: what the headline counts."""
        return len(self.to_enter) + len(self.courses) + bool(self.suggestion) + self.work.kinds


def today_for(member: Member, now: datetime) -> Today:
    """At most eight queries."""
    day = timezone.localdate(now)
    place = place_of(member, day)
    begun = [_begun(progress) for progress in courses_in_progress(member)[:_MOST_COURSES] if progress.course]
    return Today(
        place=place,
        contests=contests_open_for(member, now, person_class=place.person_class if place else None),
        courses=begun,
        suggestion=None if begun else _suggestion(member),
        results=_results(member, now),
        figures=[] if member.is_staff else own_unit_figures(member, day),
        work=_work(member, day) if member.is_staff else Work(),
        is_staff=member.is_staff,
    )


def _begun(progress: CourseProgress) -> Begun:
    assert progress.course is not None
    return Begun(progress.course.title, progress.course.url, outline_of(progress))


def _suggestion(member: Member) -> Activity | None:
    """The first open course that the member hasn't done."""
    courses = Activity.objects.filter(kind=Kind.COURSE, is_open=True).exclude(completions__member=member)
    return courses.order_by("place", "pk").first()


def _results(member: Member, now: datetime) -> list[Attempt]:
    """The last attempt of each round that has ended lately."""
    ended = Q(round__closed_at__isnull=False) | Q(round__closes_at__lte=now)
    attempts = (
        Attempt.objects.filter(ended, member=member, submitted_at__isnull=False)
        .filter(round__closes_at__gt=now - RESULTS_FOR)
        .select_related("round__contest")
        .defer("paper")
        .order_by("-round__closes_at", "-number")
    )
    latest: dict[int, Attempt] = {}
    for attempt in attempts:
        latest.setdefault(attempt.round_id, attempt)
    return list(latest.values())[:3]


def _work(member: Member, day: date) -> Work:
    scope = scope_of(member, day)
    return Work(
        requests=_waiting_requests(scope, day) if scope.sees_people else 0,
        to_approve=_to_approve(member) if scope.has(Function.EDITOR, Function.PROVINCE_ADMIN) else 0,
        sent_back=_sent_back(member) if scope.has(Function.TRAINER) else 0,
    )


def _waiting_requests(scope: Scope, day: date) -> int:
    below = Q()
    for path in scope.people_paths:
        low, high = subtree_range(path)
        below |= Q(unit__versions__path__gte=low, unit__versions__path__lt=high)
    holds = Q(unit__versions__valid_to__isnull=True) | Q(unit__versions__valid_to__gt=day)
    waiting = JoinRequest.objects.waiting().filter(below, holds, unit__versions__valid_from__lte=day)
    return waiting.distinct().count()


def _to_approve(member: Member) -> int:
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return int(waiting.filter(task__groupapprovaltask__groups__user=member).distinct().count())


def _sent_back(member: Member) -> int:
    sent_back = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=member)
    return int(sent_back.count())
