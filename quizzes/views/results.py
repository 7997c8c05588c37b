"""An entrant's own results: one attempt, its review once the round is over, and all of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.people.views.access import MemberRequest, signed_in
from lms.web.paging import page_of
from quizzes.engine.rules import parse
from quizzes.queries import card_for
from quizzes.queries.attempts import attempt_for
from quizzes.queries.cards import score_is_shown
from quizzes.queries.results import attempts_by, outcome_of, review_is_open, review_of


@signed_in
@require_safe
@never_cache
def result(request: MemberRequest, attempt_id: int) -> HttpResponse:
    now = timezone.now()
    attempt = attempt_for(request.user, attempt_id)
    if attempt.submitted_at is None:
        return redirect("quizzes:attempt", attempt_id)
    contest = attempt.round.contest
    context = {
        "contest": contest,
        "outcome": outcome_of(attempt, parse(contest.rules), now),
        "card": card_for(request.user, contest, now),
        "now": now,
    }
    return render(request, "quizzes/result.html", context)


@signed_in
@require_safe
@never_cache
def review(request: MemberRequest, attempt_id: int) -> HttpResponse:
    attempt = attempt_for(request.user, attempt_id)
    rules = parse(attempt.round.contest.rules)
    is_open = attempt.submitted_at is not None and review_is_open(rules, attempt.round, timezone.now())
    questions = review_of(attempt) if is_open else None
    context = {
        "contest": attempt.round.contest,
        "attempt": attempt,
        "rules": rules,
        "questions": questions,
        "withheld": sum(question.withheld for question in questions or ()),
    }
    return render(request, "quizzes/review.html", context, status=200 if is_open else 403)


@signed_in
@require_safe
def attempts(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    page = page_of(attempts_by(request.user), request, 20)
    rows = []
    for attempt in page:
        rules = parse(attempt.round.contest.rules)
        rows.append((attempt, score_is_shown(rules, attempt.round, now), rules.best_possible))
    return render(request, "quizzes/attempts.html", {"page": page, "rows": rows})
