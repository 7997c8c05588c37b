from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lms.coverage.actions.rebuilding import rebuild
from lms.coverage.models import Span, Tally
from lms.learning.models import Completion
from lms.people.models import Membership, PersonClass
from tests.cast import Cast
from tests.coverage.world import DAY, done, make_course, make_indicators


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Figures with something in every corner: two courses, a contest, a move, a late completion."""
    make_indicators()
    rebuild()
    first, second = make_course("course:1"), make_course("course:2", tags=())
    contest = make_course("contest:1", tags=(), kind="contest")
    for person in (cast.lan, cast.binh, cast.chau):
        done(person, first, date(2024, 11, 30))
        done(person, contest)
    done(cast.admin, second)
    return cast


def test_recount_agrees_with_the_dashboards(told: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("recount", "--on", "2024-12-20", "--on", "2024-11-30", "--on", "2024-12-01")

    assert capsys.readouterr().out.startswith("288 ")  # 6 unions x 4 populations x 4 subjects x 3 days


def test_a_corrupted_tally_is_named(told: Cast) -> None:
    course = f"activity:{Completion.objects.earliest('pk').activity_id}"
    row = Tally.objects.filter(subject__key=course, unit=told.may.unit, span=Span.MONTH)
    row.update(people=5)

    with pytest.raises(CommandError) as caught:
        call_command("recount", "--on", DAY.isoformat())

    assert caught.value.returncode == 1
    lines = [line for line in str(caught.value).splitlines() if "CĐCS May Bến Dừa" in line and ", member," in line]
    assert len(lines) == 1
    assert course in lines[0]
    assert "1" in lines[0].split(":", 1)[1]


@pytest.mark.parametrize("what", ["completion", "membership", "class"])
def test_a_corrupted_raw_row_is_named(told: Cast, what: str) -> None:
    if what == "completion":
        Completion.objects.filter(member=told.chau).delete()
    elif what == "membership":
        Membership.objects.filter(member=told.chau).delete()
    else:
        Membership.objects.filter(member=told.chau).update(person_class=PersonClass.WORKER)

    with pytest.raises(CommandError, match="CĐCS Bệnh viện Sông Tiền"):
        call_command("recount", "--on", DAY.isoformat())


def test_rebuilding_mends_the_read_model(told: Cast) -> None:
    Tally.objects.update(people=7)

    call_command("recount", "--rebuild", "--on", DAY.isoformat())
