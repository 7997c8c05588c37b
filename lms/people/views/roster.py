"""The roster of an officer's own part of the tree."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.people.actions.erase import erase
from lms.people.queries.posts import functions_to_give, posts_of
from lms.people.queries.roster import (
    may_erase,
    may_help_to_sign_in,
    member_for,
    people_for,
    unit_names,
    upper_units_for,
)
from lms.people.queries.waiting import count_waiting_for
from lms.people.views.access import MemberRequest, looks_after_people
from lms.web.paging import page_of

PAGE = 50


@require_safe
@looks_after_people
def roster(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    text, unit = request.GET.get("q", "")[:100], request.GET.get("unit", "")
    unit_id = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None
    page = page_of(people_for(request.user, today, text=text, unit_id=unit_id), request, PAGE)
    names = unit_names({row.unit_id for row in page}, today)
    context = {
        "page": page,
        "rows": [(row.member, row, names.get(row.unit_id, "")) for row in page],
        "units": upper_units_for(request.user, today),
        "text": text,
        "unit_id": unit_id,
        "waiting": count_waiting_for(request.user, today),
    }
    return render(request, "people/roster.html", context)


@require_safe
@looks_after_people
def person(request: MemberRequest, member_id: int) -> HttpResponse:
    today = timezone.localdate()
    found = member_for(request.user, member_id, today)
    context = {
        "person": found,
        "posts": posts_of(request.user, found.member, today),
        "may_appoint": bool(functions_to_give(request.user, found.member, today)),
        "may_erase": may_erase(request.user, found.member, today),
        "may_help": may_help_to_sign_in(request.user, found.member, today),
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@looks_after_people
def forget(request: MemberRequest, member_id: int) -> HttpResponse:
    """A page of its own asks once more: what is erased can't be brought back."""
    now = timezone.now()
    found = member_for(request.user, member_id, timezone.localdate(now))
    if not may_erase(request.user, found.member, timezone.localdate(now)):
        raise Http404("not this person's to erase")
    if request.method == "POST":
        erase(request.user, found.member, now=now)
        messages.success(request, _("Erased: nothing here tells any more who it was."))
        return redirect("people:roster")
    return render(request, "people/erase.html", {"person": found})
