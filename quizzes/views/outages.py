"""Giving the time of an outage back to the entrants of a round, with preview and a way back."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.people.models import Function
from lms.people.views.access import MemberRequest, require
from quizzes.actions.outages import give_outage_back, take_outage_back
from quizzes.actions.refusal import Refused
from quizzes.engine.outage import Stretch
from quizzes.forms.organising import OutageForm
from quizzes.models import Outage, Round
from quizzes.queries import organised_contest_for
from quizzes.queries.outages import is_used, preview_of, silences_of

_organisers = require(Function.ORGANISER, Function.PROVINCE_ADMIN)


@_organisers
@require_http_methods(["GET", "POST"])
def outage(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Times of silence as the clock saw them, each with its preview and its button; or a time given by hand."""
    now = timezone.now()
    contest = organised_contest_for(request.user, slug, now)
    one = get_object_or_404(Round, contest=contest, number=number)
    if "undo" in request.POST:
        return _undo(request, one, now)
    form = OutageForm(request.POST or request.GET or None)
    chosen = Stretch(form.cleaned_data["begins_at"], form.cleaned_data["ends_at"]) if form.is_valid() else None
    if request.method == "POST" and chosen:
        return _give(request, one, chosen, now)
    wanted = [chosen] if chosen else silences_of(one, now=now)
    context = {
        "contest": contest,
        "round": one,
        "form": form,
        "by_hand": chosen is not None,
        "previews": [preview_of(one, stretch, now=now) for stretch in wanted],
        "given": [
            (made, len(made.given), is_used(made, now=now))
            for made in Outage.objects.filter(round=one).order_by("-begins_at")
        ],
    }
    return render(request, "quizzes/outage.html", context, status=400 if request.method == "POST" else 200)


def _give(request: MemberRequest, one: Round, chosen: Stretch, now: datetime) -> HttpResponse:
    try:
        made = give_outage_back(request.user, one, chosen, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        count = len(made.given)
        sentence = ngettext("%(count)s attempt has its time back.", "%(count)s attempts have their time back.", count)
        messages.success(request, sentence % {"count": count})
    return redirect("quizzes:outage", one.contest.slug, one.number)


def _undo(request: MemberRequest, one: Round, now: datetime) -> HttpResponse:
    made = Outage.objects.filter(round=one, pk=request.POST["undo"]).first() if request.POST["undo"].isdigit() else None
    try:
        if made:
            take_outage_back(request.user, made, now=now)
            messages.success(request, _("Everything is as it was before."))
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect("quizzes:outage", one.contest.slug, one.number)
