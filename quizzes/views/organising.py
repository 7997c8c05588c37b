"""Running a contest: check and publish a draft, follow it, let a round close later, declare the results official."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.people.models import Function
from lms.people.queries.places import version_on
from lms.people.views.access import MemberRequest, require
from lms.text.numbers import vn_moment
from lms.web.paging import page_of
from quizzes.actions.contests import NotADraft, NotPublishable, publish_contest, shortage_problems
from quizzes.actions.rounds import NotYetOfficial, RoundNotExtended, extend_round, make_official
from quizzes.engine.rules import parse
from quizzes.forms.organising import ExtendForm
from quizzes.forms.rules_words import worded
from quizzes.forms.sentences import sentence_of
from quizzes.models import Contest, ContestState
from quizzes.queries import organised_contest_for
from quizzes.queries.cards import CLOSED, round_of_now, round_state
from quizzes.queries.contests import organised_by
from quizzes.queries.organising import counts_of, entrants_of, incidents_of, may_name, people_in

_organisers = require(Function.ORGANISER, Function.PROVINCE_ADMIN)
MOST_INCIDENTS = 20


@_organisers
@require_safe
def organised(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    page = page_of(organised_by(request.user, timezone.localdate(now)), request, 20)
    rows = [(contest, _state_of(contest, now)) for contest in page]
    return render(request, "quizzes/organised.html", {"page": page, "rows": rows})


@_organisers
@require_safe
def organise(request: MemberRequest, slug: str) -> HttpResponse:
    contest = organised_contest_for(request.user, slug, timezone.now())
    return _draft_page(request, contest) if contest.state == ContestState.DRAFT else _running_page(request, contest)


@_organisers
@require_POST
def publish(request: MemberRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    contest = organised_contest_for(request.user, slug, now)
    try:
        publish_contest(request.user, contest, now=now)
    except NotPublishable as error:
        return _draft_page(request, contest, [sentence_of(problem) for problem in error.problems], status=409)
    except NotADraft:
        messages.info(request, _("This contest is published already."))
    else:
        messages.success(request, _("Published. Members can see the contest now."))
    return redirect("quizzes:organise", slug)


@_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    now = timezone.now()
    contest = organised_contest_for(request.user, slug, now)
    one = contest.rounds.filter(number=number).first()
    if one is None:
        raise Http404("no such round")
    form = ExtendForm(request.POST or None, initial={"closes_at": one.closes_at})
    if request.method == "POST" and form.is_valid():
        try:
            extend_round(request.user, contest, number, now=now, **form.cleaned_data)
        except RoundNotExtended as error:
            for problem in error.problems:
                form.add_error("closes_at", sentence_of(problem))
        else:
            messages.success(request, _("The round now closes later. The change is recorded."))
            return redirect("quizzes:organise", slug)
    context = {"contest": contest, "round": one, "form": form}
    return render(request, "quizzes/round_extend.html", context, status=422 if form.errors else 200)


@_organisers
@require_POST
def official(request: MemberRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    contest = organised_contest_for(request.user, slug, now)
    try:
        make_official(request.user, contest, now=now)
    except NotYetOfficial:
        messages.error(request, _("Results can be declared official once every round has closed."))
    else:
        messages.success(request, _("The results are official now."))
    return redirect("quizzes:organise", slug)


def _draft_page(
    request: MemberRequest, contest: Contest, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    rules = parse(contest.rules)
    if problems is None:
        problems = [sentence_of(problem) for problem in shortage_problems(rules)]
    context = {"contest": contest, "sections": worded(rules), "problems": problems}
    return render(request, "quizzes/organise_draft.html", context, status=status)


def _running_page(request: MemberRequest, contest: Contest) -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    text = request.GET.get("q", "")
    page = page_of(entrants_of(contest, request.user, day, text=text), request, 50)
    incidents = list(incidents_of(contest)[:MOST_INCIDENTS])
    counts = counts_of(contest)
    context: dict[str, Any] = {
        "contest": contest,
        "counts": [(one, round_state(one.round, now)) for one in counts],
        "people": people_in(contest),
        "can_be_official": contest.state == ContestState.PUBLISHED and all(one.round.closed_at for one in counts),
        "invitation": _invitation(request, contest),
        "page": page,
        "text": text,
        "incidents": incidents,
        "named": may_name(request.user, day, [incident.attempt for incident in incidents]),
    }
    return render(request, "quizzes/organise.html", context)


def _invitation(request: MemberRequest, contest: Contest) -> str:
    """Ready to be pasted into a Zalo group."""
    rules, now = parse(contest.rules), timezone.now()
    one = round_of_now(contest.rounds.all(), now)
    owner = version_on(contest.owner_id, timezone.localdate(now))
    words = {
        "owner": owner.name if owner else "",
        "title": contest.title,
        "round": one.title,
        "opens_at": vn_moment(one.opens_at),
        "closes_at": vn_moment(one.closes_at),
        "questions": rules.questions,
        "minutes": rules.minutes,
        "link": request.build_absolute_uri(reverse("quizzes:contest", args=[contest.slug])),
    }
    if round_state(one, now) == CLOSED:
        return _("%(owner)s: the contest “%(title)s” has closed. Results: %(link)s") % words
    return (
        _(
            "%(owner)s invites you to the contest “%(title)s”.\n"
            "%(round)s: from %(opens_at)s to %(closes_at)s.\n"
            "%(questions)s questions, %(minutes)s minutes, on your phone.\n"
            "Enter here: %(link)s"
        )
        % words
    )


def _state_of(contest: Contest, now: Any) -> str:
    """draft, official, or how its round of the moment stands."""
    if contest.state != ContestState.PUBLISHED:
        return contest.state
    return round_state(round_of_now(contest.rounds.all(), now), now)
