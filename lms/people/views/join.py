"""A member's way in without e-mail: link, phone, year of birth, PIN, "Hôm nay"."""

from typing import Any

from allauth.account.utils import get_next_redirect_url, perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lms.people.actions.entry import TooManyCodes, unit_of_code
from lms.people.actions.join import activate, ask, find_row
from lms.people.actions.secrets import choose_secret
from lms.people.forms.join import AskForm, JoinForm, NewSecretForm
from lms.people.models import Member, UnitVersion
from lms.people.queries.places import place_of
from lms.people.queries.waiting import waiting_request
from lms.people.views.proof import Proof, forget_proof, prove, proved
from lms.people.views.sessions import keep_for
from lms.web.limits import address_of

_ASKING, _NEXT = "asking", "join_next"


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(_wanted(request) or "/")
    unit = _unit_of_link(request)
    form = JoinForm(request.POST or None, today=timezone.localdate(), address=address_of(request), unit=unit)
    if request.method == "POST" and form.is_valid():
        return _found(request, form)
    if request.method == "GET":
        request.session[_NEXT] = _wanted(request)
    return render(
        request, "people/join.html", {"form": form, "unit": unit, "wrong_link": "u" in request.GET and not unit}
    )


def _unit_of_link(request: HttpRequest) -> UnitVersion | None:
    code = request.GET.get("u", "")[:12]
    try:
        return unit_of_code(code, address_of(request), timezone.localdate()) if code else None
    except TooManyCodes:
        return None


def _wanted(request: HttpRequest) -> str:
    """Where on this site the link leads on to. Anything but a path would be taken for the name of a view."""
    wanted = get_next_redirect_url(request) or ""
    return wanted if wanted.startswith("/") else ""


def _found(request: HttpRequest, form: JoinForm) -> HttpResponse:
    given, unit = form.cleaned_data, form.unit
    assert unit is not None
    found = find_row(given["phone"], given["birth_year"], unit.unit_id, now=timezone.now())
    outcome = "locked" if found.locked else "unknown"
    if found.member and found.member.has_usable_password():
        outcome = "active"
    elif found.member and found.member.is_staff:
        outcome = "staff"
    elif found.member:
        prove(request.session, found.member, by_code=False)
        return redirect("people:choose_secret")
    if outcome == "unknown":
        request.session[_ASKING] = {"phone": given["phone"], "birth_year": given["birth_year"], "unit": unit.unit_id}
        waiting = waiting_request(given["phone"], unit.unit_id)
        return _show(request, {"form": form, "unit": unit, "outcome": outcome, "waiting": waiting, "ask": AskForm()})
    return _show(request, {"form": form, "unit": unit, "outcome": outcome})


def _show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "people/join.html", context)


@never_cache
@require_POST
def ask_to_join(request: HttpRequest) -> HttpResponse:
    known = request.session.get(_ASKING)
    if not known:
        return _show(request, {"outcome": "too_late"})
    form = AskForm(request.POST)
    if not form.is_valid():
        return _show(request, {"outcome": "unknown", "ask": form})
    name = form.cleaned_data["full_name"]
    where = address_of(request)
    left = ask(name, known["phone"], known["birth_year"], known["unit"], address=where, now=timezone.now())
    request.session.pop(_ASKING)
    return _show(request, {"outcome": "asked" if left else "too_many"})


@never_cache
@sensitive_post_parameters("secret")
def choose(request: HttpRequest) -> HttpResponse:
    proof = proved(request.session)
    if proof is None:
        return _show(request, {"outcome": "too_late"})
    form = NewSecretForm(request.POST or None, member=proof.member)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, proof, form)
    place = place_of(proof.member, timezone.localdate())
    return render(request, "people/choose_secret.html", {"form": form, "member": proof.member, "place": place})


def _come_in(request: HttpRequest, proof: Proof, form: NewSecretForm) -> HttpResponse:
    forget_proof(request.session)
    if not _stored(proof, form.cleaned_data["secret"]):
        messages.error(
            request, _("Somebody has chosen a PIN for this row just now. If it wasn't you, tell your officer.")
        )
        return redirect("account_login")
    member = Member.objects.get(pk=proof.member.pk)
    wanted = request.session.pop(_NEXT, "") or None
    response = perform_login(request, member, redirect_url=wanted)
    keep_for(request.session, member, shared=form.cleaned_data["shared"])
    return response  # type: ignore[no-any-return]  # allauth has no types


def _stored(proof: Proof, secret: str) -> bool:
    if not proof.by_code:
        return activate(proof.member, secret, now=timezone.now())
    choose_secret(proof.member, secret, now=timezone.now())
    return True
