import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Sum
from pytest_django import Settings

from cms.models import CoursePage, LessonPage
from lms.coverage.models import Indicator
from lms.demo.actions.load import AlreadyLoaded, load
from lms.demo.data.accounts import ACCOUNTS
from lms.learning.models import Completion
from lms.people.models import Cohort, Level, Member, Membership, PersonClass, UnitVersion
from lms.people.queries.scopes import scope_of
from quizzes.models import Answer, Attempt, Contest, Question, QuestionState

NOW = datetime(2026, 11, 22, 19, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MEMBERS = 700
TOLD: list[str] = []


@pytest.fixture
def demo(db: None) -> None:
    load(members=MEMBERS, now=NOW, tell=TOLD.append)


def test_the_demo_is_what_the_readme_promises(demo: None) -> None:
    _units_and_people()
    _courses()
    _contests()
    _figures_equal_a_recount()
    with pytest.raises(AlreadyLoaded):
        load(members=MEMBERS, now=NOW, tell=TOLD.append)


def _units_and_people() -> None:
    levels = UnitVersion.objects.values_list("level", flat=True)
    assert sorted(levels).count(Level.UPPER) == 13
    assert 120 <= sorted(levels).count(Level.GRASSROOTS) <= 140
    assert UnitVersion.objects.filter(counted=False).count() == 3
    assert Cohort.objects.count() == 2
    assert Member.objects.count() == Membership.objects.count() == MEMBERS
    assert Membership.objects.filter(person_class=PersonClass.FULL_TIME).count() == 78
    for account in ACCOUNTS:
        if not account.activated:
            continue
        member = authenticate(None, username=account.username, password=account.secret)
        assert isinstance(member, Member)
        if account.function:
            assert scope_of(member, NOW.date()).has(account.function)


def _courses() -> None:
    published, draft = CoursePage.objects.order_by("-live")
    assert (published.live, draft.live) == (True, False)
    assert LessonPage.objects.child_of(published).live().count() == 6
    assert LessonPage.objects.child_of(draft).count() == 18


def _contests() -> None:
    assert Question.objects.filter(state=QuestionState.APPROVED).count() == 19
    assert Question.objects.filter(state=QuestionState.DRAFT, verify=True).count() == 11
    closed, running = Contest.objects.order_by("published_at")
    assert closed.rounds.get().closed_at is not None
    round = running.rounds.get()
    assert round.opens_at < NOW < round.closes_at
    assert Attempt.objects.filter(round=round).count() > 100
    attempt = Attempt.objects.filter(round=round).first()
    assert attempt is not None
    assert len(attempt.paper) == 15
    points = Answer.objects.filter(attempt=attempt).values_list("points", flat=True)
    assert (attempt.score, len(points)) == (sum(points), 15)


def _figures_equal_a_recount() -> None:
    assert Indicator.objects.count() == 27
    assert Completion.objects.exists()
    out = io.StringIO()
    call_command("recount", stdout=out)
    Completion.objects.filter(activity__key__startswith="course:").order_by("pk").last().delete()  # type: ignore[union-attr]
    with pytest.raises((CommandError, SystemExit)):
        call_command("recount", stdout=out)


def test_every_load_makes_the_same_people_and_results(db: None) -> None:
    load(members=300, now=NOW, tell=TOLD.append)

    assert Member.objects.get(username="tv000004").full_name == "Mai Thùy Ngọc"
    results = Attempt.objects.filter(round__contest__title__startswith="Công đoàn Bến Tre")
    assert (results.count(), results.aggregate(Sum("score"))["score__sum"]) == (131, 1468)


def test_production_never_loads_accounts_with_known_passwords(db: None, settings: Settings) -> None:
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="never loaded in production"):
        call_command("demo")
    assert not Member.objects.exists()
