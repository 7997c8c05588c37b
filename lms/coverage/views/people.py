"""The names behind a figure, for officers."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.coverage.queries.access import people_seat_for
from lms.coverage.queries.names import MOST_AT_ONCE, aim_of, headline, people
from lms.coverage.views.asking import asked
from lms.coverage.views.reminder import names_reminder
from lms.people.views.access import MemberRequest, signed_in
from lms.text.fold import fold, squeeze
from lms.web.paging import page_of

_IN_A_MESSAGE = 200
SHOWN = ("missing", "trained", "all")


@require_safe
@signed_in
def names(request: MemberRequest, unit_id: int) -> HttpResponse:
    today = timezone.localdate()
    question = asked(request, today)
    seat = people_seat_for(request.user, unit_id, question.day, today)
    choice = question.choice
    if choice is None or not seat.existed:
        raise Http404("nothing is counted here on that day")
    only = request.GET.get("only", "missing")
    only = only if only in SHOWN else "missing"
    search = squeeze(request.GET.get("q", ""))[:60]
    context = {"seat": seat, "question": question, "choice": choice, "only": only, "search": search}
    whole = headline(seat, choice, question.day)
    if whole.roster > MOST_AT_ONCE:
        return render(request, "coverage/names.html", context | {"too_many": whole.roster})
    aim = aim_of(choice)
    rows = people(seat, choice, aim, question.day, only="" if only == "all" else only, search=fold(search))
    page = page_of(rows, request, 50)
    listed = [row.member.full_name for row in rows[:_IN_A_MESSAGE]] if only == "missing" else []
    url = choice.activity.url if choice.activity else ""
    site = request.build_absolute_uri("/")
    more = max(0, page.paginator.count - len(listed))
    text = names_reminder(choice.title, seat.version.short_name, listed, more, question.day, url, site)
    return render(
        request, "coverage/names.html", context | {"page": page, "count": whole, "reminder": text if listed else ""}
    )
