"""Hồ sơ: who I am here, and what I may open."""

from datetime import date, datetime
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lms.people.models import Function, PersonClass
from lms.people.queries.mine import data_about
from lms.people.queries.places import place_of
from lms.people.queries.roster import officers_of
from lms.people.queries.scopes import scope_of
from lms.people.queries.waiting import count_waiting_for
from lms.people.views.access import MemberRequest, signed_in


@require_safe
@signed_in
def profile(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    scope = scope_of(request.user, today)
    place = place_of(request.user, today)
    context = {
        "member": request.user,
        "place": place,
        "class_label": PersonClass(place.person_class).label if place else "",
        "officers": officers_of(request.user, place.path, today) if place else [],
        "functions": [Function(function).label for function, _ in scope.posts],
        "scope": scope,
        "organises": scope.has(Function.ORGANISER),
        "waiting": count_waiting_for(request.user, today),
        "two_steps": request.user.is_staff and is_mfa_enabled(request.user),
    }
    return render(request, "people/profile.html", context)


@require_safe
@signed_in
def own_data(request: MemberRequest) -> HttpResponse:
    groups = [
        {"title": _TITLES.get(part.package, ""), "lines": [_line(row) for row in part.rows]}
        for part in data_about(request.user)
    ]
    return render(request, "people/own_data.html", {"member": request.user, "groups": groups})


_TITLES = {
    "people": _("Unions and posts"),
    "learning": _("Learning"),
    "quizzes": _("Contests"),
    "coverage": _("Indicators and reports"),
    "notify": _("Notices and sign-in"),
    "cms": _("Authoring"),
}


def _line(row: dict[str, Any]) -> str:
    """The words and days of a row; numbers without a word beside them tell nobody anything."""
    shown = [
        date_format(localtime(value), "H:i d/m/Y")
        if isinstance(value, datetime)
        else date_format(value, "d/m/Y")
        if isinstance(value, date)
        else str(value)
        for value in row.values()
        if value and not isinstance(value, int)
    ]
    return " · ".join(shown)
