"""Starting, taking and handing in an attempt."""

import secrets
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.people.views.access import MemberRequest, signed_in
from quizzes.actions.attempts import Refused, end_if_over, report_incident, start_attempt, submit_attempt
from quizzes.engine.rules import parse
from quizzes.forms.incident import IncidentForm
from quizzes.live.ticket import make_ticket, milliseconds
from quizzes.queries.attempts import attempt_for, own_attempt, paper_of
from quizzes.queries.cards import round_of_now
from quizzes.queries.contests import contest_for
from quizzes.views.attempt_words import attempt_words
from quizzes.views.paper_rows import rows_of

REVIEW = "review"
AHEAD = timedelta(seconds=3)  # by as much a page's clock may be before ours


@signed_in
@require_POST
def start(request: MemberRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    contest = contest_for(request.user, slug, now)
    rounds = list(contest.rounds.all())
    try:
        if not rounds:
            raise Http404("the contest has no rounds yet")
        current = round_of_now(rounds, now)
        current.contest = contest
        started = start_attempt(request.user, current, now=now, seed=secrets.randbits(63))
    except Refused as refusal:
        context = {"contest": contest, "sentence": refusal.sentence}
        return render(request, "quizzes/start_refused.html", context, status=409)
    return redirect("quizzes:attempt", started.attempt.pk)


@signed_in
@require_GET
@never_cache
def attempt(request: MemberRequest, attempt_id: int) -> HttpResponse:
    now = timezone.now()
    current = end_if_over(attempt_for(request.user, attempt_id), now=now)
    if current.submitted_at is not None:
        messages.info(request, _("This attempt has ended and can't be changed any more. Here is what counts."))
        return redirect("quizzes:result", attempt_id)
    paper, rules = paper_of(current), parse(current.round.contest.rules)
    asked = request.GET.get("q", "")
    numbers = {str(question.number): question.number for question in paper.questions}
    here = None if asked == REVIEW else numbers.get(asked, paper.resume_at)
    words, all_at_once = attempt_words(), rules.layout == "all"
    context = {
        "attempt": current,
        "contest": current.round.contest,
        "paper": paper,
        "rows": rows_of(paper, words, here=here, all_at_once=all_at_once),
        "here": here,
        "asked": bool(asked),
        "all_at_once": all_at_once,
        "ticket": make_ticket(current.pk, current.started_at),
        "now_ms": milliseconds(now),
        "start_ms": milliseconds(current.started_at),
        "deadline_ms": milliseconds(current.deadline_at),
        "words": words,
        "minutes_left": max(0, -(-int((current.deadline_at - now).total_seconds()) // 60)),
    }
    return render(request, "quizzes/attempt.html", context)


@signed_in
@require_POST
def submit(request: MemberRequest, attempt_id: int) -> HttpResponse:
    now, current = timezone.now(), own_attempt(request.user, attempt_id)
    if "time_over" in request.POST and now + AHEAD < current.deadline_at:  # the page doesn't know its new end yet
        messages.info(request, _("The organisers have given lost time back: please go on until the new end."))
        return redirect("quizzes:attempt", attempt_id)
    submit_attempt(current, now=now)
    return redirect("quizzes:result", attempt_id)


@signed_in
@require_http_methods(["GET", "POST"])
@never_cache
def incident(request: MemberRequest, attempt_id: int) -> HttpResponse:
    current = attempt_for(request.user, attempt_id)
    form = IncidentForm(request.POST or None, initial={"on_phone": request.GET.get("kept", 0)})
    context = {"attempt": current, "contest": current.round.contest, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            report_incident(current, **form.cleaned_data, now=timezone.now())
        except Refused as refusal:
            return render(request, "quizzes/incident.html", context | {"sentence": refusal.sentence}, status=409)
        return render(request, "quizzes/incident.html", context | {"sent": True})
    return render(request, "quizzes/incident.html", context)
