"""The demo's two contests: one closed with its results, one open with a few hundred attempts."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from lms.demo.actions.attempts import Entrant, load_attempts
from lms.people.models import Member
from quizzes.actions.bank import import_entries
from quizzes.actions.contests import create_contest, publish_contest
from quizzes.engine.bank_file import read
from quizzes.engine.presets import PRESETS, rules_of
from quizzes.engine.rules import Rules
from quizzes.models import Contest, Round

DATA = Path(__file__).parents[1] / "data"
TOPIC = "Chương trình chuyển đổi số Công đoàn tỉnh Bến Tre"
OPEN_TITLE = "Tìm hiểu Chương trình chuyển đổi số Công đoàn"
CLOSED_TITLE = "Công đoàn Bến Tre với chuyển đổi số năm 2024"
CLOSED_SHARE, CLOSED_MOST, OPEN_ENTRANTS = 0.45, 6000, 400


def load_contests(organiser: Member, owner_id: int, entrants: list[Entrant], *, now: datetime) -> Contest:
    """Fill the bank, hold the first contest in the programme's time and open the second; returns the open one."""
    import_entries(read((DATA / "questions_vi.json").read_bytes()), actor=None, now=now)
    random = Random(15)  # noqa: S311  # demo data: the same at every load
    _closed(organiser, owner_id, random.sample(entrants, min(CLOSED_MOST, int(len(entrants) * CLOSED_SHARE))), now=now)
    return _open(organiser, owner_id, random.sample(entrants, min(OPEN_ENTRANTS, len(entrants) // 2)), now=now)


def _closed(organiser: Member, owner_id: int, entrants: list[Entrant], *, now: datetime) -> None:
    first_day = now.replace(year=2024, month=11, day=4, hour=0, minute=0, second=0, microsecond=0)
    rules = _rules(first_day, "Tuần {number}")
    before = first_day - timedelta(days=10)
    contest = _published(organiser, owner_id, CLOSED_TITLE, rules, now=before)
    load_attempts(contest.rounds.get(), rules, entrants, until=rules.rounds[0].closes_at)
    Round.objects.filter(contest=contest).update(closed_at=rules.rounds[0].closes_at + timedelta(minutes=1))


def _open(organiser: Member, owner_id: int, entrants: list[Entrant], *, now: datetime) -> Contest:
    first_day = (now - timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    rules = _rules(first_day, "Tuần {number}")
    contest = _published(organiser, owner_id, OPEN_TITLE, rules, now=first_day - timedelta(days=1))
    load_attempts(contest.rounds.get(), rules, entrants, until=now - timedelta(minutes=5))
    return contest


def _rules(first_day: datetime, round_title: str) -> Rules:
    """A single week: 15 of the programme's 19 questions, 15 minutes; two attempts, the better one counts."""
    single = next(preset for preset in PRESETS if preset.key == "single")
    rules = rules_of(single, first_day=first_day, topic=TOPIC, round_title=round_title)
    return Rules(**(vars(rules) | {"attempts_per_round": 2}))


def _published(organiser: Member, owner_id: int, title: str, rules: Rules, *, now: datetime) -> Contest:
    summary = (
        "Mười lăm câu hỏi về Chương trình chuyển đổi số của Công đoàn tỉnh, dành cho cán bộ, đoàn viên, người lao động."
    )
    draft = create_contest(organiser, title=title, summary=summary, rules=rules, owner_id=owner_id, now=now)
    return publish_contest(organiser, draft, now=now)
