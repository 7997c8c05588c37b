from typing import Any

from django.http import HttpRequest

from cms.models import CourseIndexPage, CoursePage
from cms.models.base import screen_of
from cms.models.outline import course_cards, outline_for


@screen_of(CourseIndexPage)
def index_screen(page: CourseIndexPage, request: HttpRequest) -> dict[str, Any]:
    return {"cards": course_cards(request.user, page)}


@screen_of(CoursePage)
def course_screen(page: CoursePage, request: HttpRequest) -> dict[str, Any]:
    return {"outline": outline_for(request.user, page), "index": page.parent_page}
