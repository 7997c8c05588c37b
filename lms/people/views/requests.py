"""Requests to be let in: one tap each, and a way back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.people.actions.requests import AlreadyDecided, approve, refuse, refuse_all, undo
from lms.people.models import Member
from lms.people.queries.waiting import (
    MOST_SHOWN,
    RequestCard,
    count_waiting_for,
    decided_for,
    request_for,
    requests_for,
)
from lms.people.views.access import MemberRequest, looks_after_people


@require_safe
@looks_after_people
def listing(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    waiting = requests_for(request.user, today)
    context = {
        "waiting": waiting,
        "unknown": [card for card in waiting if not card.likely],
        "total": count_waiting_for(request.user, today) if len(waiting) == MOST_SHOWN else len(waiting),
        "decided": decided_for(request.user, today),
    }
    return render(request, "people/requests.html", context)


@require_POST
@looks_after_people
def refuse_unknown(request: MemberRequest) -> HttpResponse:
    """All requests that the page showed and that fit no row of the list: the way out of a flood."""
    now = timezone.now()
    shown = set(request.POST.getlist("shown"))
    cards = requests_for(request.user, timezone.localdate(now))
    unknown = [card.request for card in cards if not card.likely and str(card.request.pk) in shown]
    count = refuse_all(request.user, unknown, now=now)
    messages.success(request, _("Requests refused: %(count)d.") % {"count": count})
    return redirect("people:requests")


@require_POST
@looks_after_people
def decide(request: MemberRequest, request_id: int) -> HttpResponse:
    now = timezone.now()
    card = request_for(request.user, request_id, timezone.localdate(now))
    verb = request.POST.get("verb", "")
    try:
        if verb == "approve":
            approve(request.user, card.request, _meant(card, request.POST.get("row", "")), now=now)
            messages.success(request, _("Let in. Tell the person to open the link again and choose a PIN."))
        elif verb == "refuse":
            refuse(request.user, card.request, now=now)
            messages.success(request, _("Refused. You can take it back below."))
        elif verb == "undo":
            undo(request.user, card.request, now=now)
            messages.success(request, _("Taken back: the request waits again."))
        else:
            raise Http404("no such verb")
    except AlreadyDecided:
        messages.warning(request, _("Nothing changed: somebody was quicker, or the person has signed in since."))
    return redirect("people:requests")


def _meant(card: RequestCard, row: str) -> Member | None:
    """The roster row that the officer tapped; it must be one of those the page offered."""
    if not row:
        return None
    for member in card.likely:
        if str(member.pk) == row:
            return member
    raise Http404("not a row that this request may mean")
