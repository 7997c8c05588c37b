"""Who has finished the course, union by union, in the programme's first year."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from cms.actions.checks import answer_check
from cms.models import LessonPage
from lms.demo.actions.attempts import Entrant
from lms.learning.actions import mark_read, note_position
from lms.learning.models import Activity, Completion
from lms.people.models import Member

FIRST_DAY, LAST_DAY = date(2024, 3, 11), date(2024, 12, 18)
BATCH = 2000


def load_completions(course_key: str, entrants: list[Entrant]) -> None:
    """Lessons and course completed by most cadres and, with great differences between unions, by members."""
    course = Activity.objects.get(key=course_key)
    lessons = list(course.parts.filter(is_open=True).order_by("place"))
    random = Random(2024)  # noqa: S311  # demo data: the same at every load
    zeal = {path: random.uniform(0.45, 0.97) for path in sorted({one.unit_path[:12] for one in entrants})}
    rows: list[Completion] = []
    for one in entrants:
        chance = {"full_time": 0.955, "part_time": 0.86}.get(one.person_class, zeal[one.unit_path[:12]])
        if random.random() > chance:
            continue
        day = FIRST_DAY + (LAST_DAY - FIRST_DAY) * random.betavariate(2, 2.4)
        rows += [_row(one, activity, day) for activity in [*lessons, course]]
        if len(rows) >= BATCH:
            Completion.objects.bulk_create(rows)
            rows = []
    Completion.objects.bulk_create(rows)


def _row(one: Entrant, activity: Activity, day: date) -> Completion:
    evening = datetime.combine(day, time(13, 30), tzinfo=UTC)
    return Completion(
        member_id=one.member_id,
        activity=activity,
        unit_id=one.unit_id,
        unit_path=one.unit_path,
        person_class=one.person_class,
        completed_at=evening - timedelta(minutes=2 * (10 - min(activity.place, 10))),
        completed_on=day,
    )


def begin_course(member: Member, course_key: str, *, now: datetime) -> None:
    """`member` has read the first two lessons, answered their questions and stands in the third."""
    lessons = list(Activity.objects.get(key=course_key).parts.filter(is_open=True).order_by("place")[:3])
    for lesson in lessons[:2]:
        mark_read(member, lesson, now=now)
        page = LessonPage.objects.get(translation_key=lesson.key.removeprefix("lesson:"))
        for question in page.questions().values():
            answer_check(member, page, block_id=question.id, option_id=question.right, now=now)
    note_position(member, lessons[2], position="", now=now)
