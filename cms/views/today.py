from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from cms.engine.numbers import in_words
from cms.models import CoursePage, HomePage
from cms.models.base import screen_of
from cms.models.today import today_for


@screen_of(HomePage)
def home_screen(_page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Visitors see what this is; members what to do now."""
    member = request.user
    if not member.is_authenticated:
        return {"courses": CoursePage.objects.live().public().order_by("path")[:3]}
    now = timezone.now()
    today = today_for(member, now)
    begin = bool(today.suggestion)
    card = today.to_enter[0] if today.to_enter else None
    return {
        "now": now,
        "today": today,
        "first_contest": card,
        "other_contests": [other for other in today.contests if other is not card],
        "first_course": today.courses[0] if today.courses and not card else None,
        "other_courses": today.courses if card else today.courses[1:],
        "suggestion_first": begin and not card,
        "suggestion_beside": begin and bool(card),
        "things_in_words": in_words(today.things, get_language() or "vi"),
    }
