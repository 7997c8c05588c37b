"""The roster of an officer's own part of the tree."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.people.queries.roster import may_help_to_sign_in, member_for, people_for, unit_names, upper_units_for
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
    may_help = may_help_to_sign_in(request.user, found.member, today)
    return render(request, "people/person.html", {"person": found, "may_help": may_help})
