"""Contests as members meet them: the list, one contest, its rules."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.people.queries.places import version_on
from lms.people.views.access import MemberRequest, signed_in
from quizzes.engine.rules import parse
from quizzes.forms.rules_words import worded
from quizzes.models import ContestState
from quizzes.queries import card_for, contest_for, contests_for
from quizzes.queries.bank import may_write_questions
from quizzes.queries.entry import home_of_contests, organises
from quizzes.views.boards import board_part


@signed_in
@require_safe
def contest_list(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    today, lists = timezone.localdate(now), contests_for(request.user, now)
    context = {
        "lists": lists,
        "closed": Paginator(lists.closed, 12).get_page(request.GET.get("page")),
        "now": now,
        "may_organise": home_of_contests(request.user, today) is not None,
        "may_write": may_write_questions(request.user, today),
    }
    return render(request, "quizzes/contest_list.html", context)


@signed_in
@require_safe
def contest(request: MemberRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = contest_for(request.user, slug, now)
    is_draft = found.state == ContestState.DRAFT
    context = {
        "contest": found,
        "rules": parse(found.rules),
        "card": card_for(request.user, found, now),
        "board": None if is_draft else board_part(request, found, now, view="quizzes:contest"),
        "owner": version_on(found.owner_id, timezone.localdate(now)),
        "organises": organises(request.user, found, timezone.localdate(now)),
        "is_draft": is_draft,
        "now": now,
    }
    return render(request, "quizzes/contest.html", context)


@signed_in
@require_safe
def rules(request: MemberRequest, slug: str) -> HttpResponse:
    found = contest_for(request.user, slug, timezone.now())
    context = {
        "contest": found,
        "owner": version_on(found.owner_id, timezone.localdate()),
        "sections": worded(parse(found.rules)),
    }
    return render(request, "quizzes/rules.html", context)
