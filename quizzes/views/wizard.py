"""Making a contest: a preset, six steps, the rules text beside them. Works without JavaScript."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.people.models import Function
from lms.people.views.access import MemberRequest, require
from quizzes.actions.contests import NotADraft, change_draft, create_contest, shortage_problems
from quizzes.engine.presets import PRESETS, preset, rules_of
from quizzes.engine.rules import parse
from quizzes.forms.rules_words import worded
from quizzes.forms.sentences import sentence_of
from quizzes.forms.wizard import LAST, PARTS, ROUNDS, STEPS, Wizard, with_another_row
from quizzes.models import Contest, ContestState
from quizzes.queries import organised_contest_for
from quizzes.queries.bank import approved_topics
from quizzes.queries.entry import home_of_contests

_organisers = require(Function.ORGANISER, Function.PROVINCE_ADMIN)
_ADD = {"add_round": ROUNDS, "add_part": PARTS}


@_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return _posted(request, None)
    chosen = request.GET.get("preset", "")
    if not chosen:
        return render(request, "quizzes/contest_presets.html", {"presets": PRESETS})
    first_day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    topics = approved_topics()
    bank = sum(number for _topic, number in topics)
    rules = rules_of(preset(chosen), first_day=first_day, round_title=_("Round {number}"), bank=bank)
    fewer = {"have": bank, "want": preset(chosen).questions} if rules.questions < preset(chosen).questions else None
    return _page(request, Wizard.over(rules, topics), 1, None, fewer)


@_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    contest = organised_contest_for(request.user, slug, timezone.now())
    if contest.state != ContestState.DRAFT:
        return _published_meanwhile(request, contest)
    if request.method == "POST":
        return _posted(request, contest)
    wizard = Wizard.over(parse(contest.rules), approved_topics(), title=contest.title, summary=contest.summary)
    return _page(request, wizard, _step(request.GET.get("step")), contest)


@_organisers
@require_POST
def rules_preview(request: MemberRequest) -> HttpResponse:
    """The rules text alone, for the script that renews it beside the form."""
    return render(request, "quizzes/_rules_beside.html", _beside(Wizard.posted(request.POST, approved_topics())))


def _posted(request: MemberRequest, contest: Contest | None) -> HttpResponse:
    step, pressed = _step(request.POST.get("step")), request.POST.get("press", "next")
    data = with_another_row(request.POST, _ADD[pressed]) if pressed in _ADD else request.POST
    wizard = Wizard.posted(data, approved_topics())
    if pressed == "fit" and wizard.rules:
        wizard = Wizard.posted(wizard.with_fewer(data, shortage_problems(wizard.rules)), wizard.topics)
    if pressed == "save":
        return (
            _save(request, wizard, contest) if wizard.is_valid else _page(request, wizard, _first_bad(wizard), contest)
        )
    if pressed == "back":
        step = max(1, step - 1)
    elif pressed == "next" and step not in wizard.bad_steps():
        step = min(LAST, step + 1)
    return _page(request, wizard, step, contest)


def _save(request: MemberRequest, wizard: Wizard, contest: Contest | None) -> HttpResponse:
    now = timezone.now()
    clean = wizard.form.cleaned_data
    assert wizard.rules
    words = {"title": clean["title"], "summary": clean["summary"], "rules": wizard.rules, "now": now}
    if contest is None:
        owner = home_of_contests(request.user, timezone.localdate(now))
        assert owner  # the decorator let only organisers in
        contest = create_contest(request.user, owner_id=owner, **words)
    else:
        try:
            contest = change_draft(request.user, contest, **words)
        except NotADraft:
            return _published_meanwhile(request, contest)
    return redirect("quizzes:organise", contest.slug)


def _published_meanwhile(request: MemberRequest, contest: Contest) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, _("This contest is published already."))
    return redirect("quizzes:organise", contest.slug)


def _first_bad(wizard: Wizard) -> int:
    return next(iter(wizard.bad_steps()), 1)


def _step(asked: str | None) -> int:
    return {str(step): step for step in range(1, LAST + 1)}.get(asked or "", 1)


def _page(
    request: MemberRequest, wizard: Wizard, step: int, contest: Contest | None, fewer: dict[str, int] | None = None
) -> HttpResponse:
    """`fewer`: how many questions the preset wanted and the bank has, where that is less."""
    context = {
        "fewer": fewer,
        "wizard": wizard,
        "contest": contest,
        "step": step,
        "last": step == LAST,
        "steps": [name for name, _question, _names in STEPS],
        "question": STEPS[step - 1][1],
        "fields": wizard.fields_of(step),
        "advanced": wizard.advanced() if step == LAST else (),
        "hidden": list(wizard.hidden(step)),
        "rounds": wizard.rounds if ROUNDS in STEPS[step - 1][2] else None,
        "parts": wizard.parts if PARTS in STEPS[step - 1][2] else None,
    }
    bad = wizard.form.is_bound and not wizard.is_valid and request.POST.get("press") == "save"
    return render(request, "quizzes/contest_form.html", context | _beside(wizard), status=422 if bad else 200)


def _beside(wizard: Wizard) -> dict[str, object]:
    title = wizard.form["title"].value() or ""
    short = shortage_problems(wizard.rules) if wizard.rules else []
    return {
        "title": title,
        "sections": worded(wizard.rules) if wizard.rules else None,
        "shortages": [sentence_of(problem) for problem in short],
        "can_fit": all(problem.params["have"] for problem in short),
    }
