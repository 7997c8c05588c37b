"""The database of a bench run: made up whole, in a database that nothing else uses."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django_tasks_db.models import DBTaskResult

from cms.models import LessonPage
from lms.demo.actions.courses import load_courses
from lms.demo.actions.people import load_people
from lms.demo.actions.units import load_units
from lms.demo.data.accounts import PIN
from lms.people.models import Member
from quizzes.actions.bank import import_entries
from quizzes.actions.contests import create_contest, publish_contest
from quizzes.engine.bank_file import read
from quizzes.engine.presets import preset, rules_of
from quizzes.engine.rules import Part, RoundRule, Rules
from quizzes.models import Contest

MARK = "benhoc_bench"  # in the name of every database that a bench may fill
TITLE, TOPIC = "Cuộc thi đo tốc độ", "Đo tốc độ"
QUESTIONS, IN_BANK, MINUTES = 20, 40, 120


class NotOurs(Exception):
    """This database isn't one that a bench made."""


def refuse_real_people() -> None:
    """NotOurs unless the database is named as only `bench/` names its own."""
    name = str(connection.settings_dict["NAME"])
    if MARK not in name.rsplit("/", 1)[-1]:
        raise NotOurs(f"{name} may hold real people: bench_data fills and reads only databases named {MARK}…")


def fill(members: int, *, now: datetime) -> dict[str, Any]:
    """Everything that scenarios share: the tree, people with a PIN, a course, a published contest that is open."""
    if not Member.objects.exists():
        units = load_units()
        accounts = load_people(units, members=members, now=now)
        Member.objects.filter(username__startswith="tv").update(
            password=make_password(PIN, hasher="pin"), joined_at=now - timedelta(days=30)
        )
        load_courses(accounts["giangvien"], accounts["bientap"], now=now)
        open_contest(accounts["tochuc"], units["TINH"].unit_id, now=now)
        DBTaskResult.objects.all().delete()  # search indexes of the course: not while something is measured
    contest = contest_of_bench()
    lesson = LessonPage.objects.live().order_by("path").first()
    assert lesson
    return {"slug": contest.slug, "lesson": lesson.get_url(), "pin": PIN, "questions": QUESTIONS}


def contest_of_bench() -> Contest:
    return Contest.objects.get(title=TITLE)


def open_contest(organiser: Member, owner_id: int, *, now: datetime) -> None:
    """Published, one round that is open for a day."""
    import_entries(read(json.dumps([_question(number) for number in range(IN_BANK)]).encode()), actor=None, now=now)
    draft = create_contest(organiser, title=TITLE, summary="", rules=_rules(now), owner_id=owner_id, now=now)
    publish_contest(organiser, draft, now=now)


def _rules(now: datetime) -> Rules:
    plain = rules_of(preset("single"), first_day=now, topic=TOPIC)
    own = {
        "rounds": (RoundRule("Vòng thi", now - timedelta(days=1), now + timedelta(days=1)),),
        "minutes": MINUTES,
        "blueprint": (Part(TOPIC, (), QUESTIONS),),
    }
    return Rules(**(vars(plain) | own))


def _question(number: int) -> dict[str, Any]:
    return {
        "id": f"DO{number:02d}",
        "stem": f"Câu hỏi số {number} để đo tốc độ lưu câu trả lời của một cuộc thi có nhiều người tham gia?",
        "options": [f"Phương án thứ {place} của câu hỏi số {number}" for place in range(1, 5)],
        "answer": number % 4,
        "topic": TOPIC,
        "explanation": "Câu hỏi này chỉ dùng để đo.",
    }
