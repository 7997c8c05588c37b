from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.actions.checks import CheckRefused, answer_check
from cms.models import LessonPage
from cms.models.base import screen_of
from cms.models.outline import outline_for
from cms.models.reading import parts_of
from cms.models.tree import lesson_for
from lms.learning.actions import mark_read, note_position
from lms.learning.models import Activity
from lms.people.views.access import MemberRequest, signed_in


@screen_of(LessonPage)
def lesson_screen(page: LessonPage, request: HttpRequest) -> dict[str, Any]:
    course = page.parent_page
    outline = outline_for(request.user, course)
    number, before, after = outline.around(page.activity_key)
    parts = parts_of(page, request.user, timezone.now())
    row = outline.row(page.activity_key)
    at = next((place for place, part in enumerate(parts) if row and part.id == row.position), 0)
    return {
        "course": course,
        "outline": outline,
        "number": number,
        "before": before,
        "after": after,
        "row": row,
        "parts": parts,
        "questions": sum(part.kind == "question" for part in parts),
        "resume_at": parts[at].id if at > 1 and row and not row.done else "",
    }


@signed_in
@require_POST
def read(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Reached the end: from the page's script (JSON) or by the button without it."""
    lesson = lesson_for(request, pk)
    activity = get_object_or_404(Activity, key=lesson.activity_key, is_open=True)
    mark_read(request.user, activity, now=timezone.now())
    outline = outline_for(request.user, lesson.parent_page)
    _number, _before, after = outline.around(lesson.activity_key)
    row = outline.row(lesson.activity_key)
    done = bool(row and row.done)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"read": True, "done": done})
    if not done:
        messages.warning(
            request, _("You have read to the end. Answer the self-check questions to complete the lesson.")
        )
        return redirect(f"{lesson.address}#checks")
    return redirect(after.url if after else lesson.parent_page.address)


@signed_in
@require_POST
def position(request: MemberRequest, pk: int) -> HttpResponse:
    """The block now being read; anything that isn't a block of the lesson changes nothing."""
    lesson = lesson_for(request, pk)
    block = request.POST.get("block", "")
    activity = Activity.objects.filter(key=lesson.activity_key, is_open=True).first()
    if activity and block in lesson.block_ids():
        note_position(request.user, activity, position=block, now=timezone.now())
    return HttpResponse(status=204)


@signed_in
@require_POST
def check(request: MemberRequest, pk: int, block: UUID) -> HttpResponseBase:
    lesson = lesson_for(request, pk)
    given = request.POST.get("option", "")
    try:
        outcome = answer_check(request.user, lesson, block_id=str(block), option_id=given, now=timezone.now())
    except CheckRefused as refused:
        messages.error(request, str(refused))
    else:
        if outcome.passed:
            messages.success(request, _("Right. You have passed the self-check of this lesson."))
    return redirect(f"{lesson.address}#b-{block}")
