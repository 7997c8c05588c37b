"""The contests' promises for the rows they keep of people and units."""

from typing import Any

from django.utils.translation import gettext as _

from lms.people.registry import Keeper, registry
from quizzes.actions.people import erase, merge
from quizzes.models import Attempt, Contest, Incident, Question


def register() -> None:
    models = ("quizzes.Attempt", "quizzes.Contest", "quizzes.Question")
    registry.register("quizzes", Keeper(models, personal_data, erase, merge, unit_consequences))


def personal_data(member_id: int) -> list[dict[str, Any]]:
    """Attempts, what was reported, and what staff wrote. No key of a question among them."""
    attempts = Attempt.objects.filter(member_id=member_id).select_related("round__contest").defer("paper")
    rows: list[dict[str, Any]] = [
        {
            _("Contest"): attempt.round.contest.title,
            _("Round"): attempt.round.title,
            _("Attempt"): attempt.number,
            _("Began at"): attempt.started_at,
            _("Answers given"): attempt.answered,
        }
        for attempt in attempts.order_by("started_at")
    ]
    reports = Incident.objects.filter(attempt__member_id=member_id).order_by("reported_at")
    rows += [{_("Report to the organisers"): report.text, _("At"): report.reported_at} for report in reports]
    written = Question.objects.filter(author_id=member_id).order_by("code")
    rows += [{_("Question written"): question.code, _("At"): question.created_at} for question in written]
    run = Contest.objects.filter(organiser_id=member_id).order_by("created_at")
    return rows + [{_("Contest organised"): contest.title, _("At"): contest.created_at} for contest in run]


def unit_consequences(unit_id: int) -> dict[str, int]:
    return {
        "attempts": Attempt.objects.filter(unit_id=unit_id).count(),
        "contests": Contest.objects.filter(owner_id=unit_id).count(),
    }
