"""Appointing and dismissing, from a person's page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.people.actions.posts import appoint, dismiss, take_back
from lms.people.forms.posts import AppointForm
from lms.people.models import Function
from lms.people.queries.posts import functions_to_give, places_to_give, posts_of, whole_province
from lms.people.queries.roster import member_for
from lms.people.views.access import MemberRequest, looks_after_people


@require_http_methods(["GET", "HEAD", "POST"])
@looks_after_people
def give(request: MemberRequest, member_id: int) -> HttpResponse:
    today = timezone.localdate()
    person = member_for(request.user, member_id, today)
    functions = functions_to_give(request.user, person.member, today)
    places = places_to_give(request.user, person.unit, today)
    if not functions or not places:
        raise Http404("nothing to give to this person")
    initial = {"unit": str(person.unit.unit_id) if person.unit else ""}
    form = AppointForm(request.POST or None, functions=functions, places=places, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        function = Function(given["function"])
        chosen = next(place for place in places if str(place.unit_id) == given["unit"])
        place = chosen if function == Function.UNIT_OFFICER else whole_province(today) or chosen
        appoint(request.user, person.member, function, place.unit, now=timezone.now(), since=given["since"])
        messages.success(request, _("Appointed. Who signed in with a PIN so far needs a one-time code now."))
        return redirect("people:person", member_id)
    return render(request, "people/appoint.html", {"person": person, "form": form})


@require_POST
@looks_after_people
def change(request: MemberRequest, member_id: int, post_id: int) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    person = member_for(request.user, member_id, today)
    lines = posts_of(request.user, person.member, today)
    line = next((line for line in lines if line.post.pk == post_id), None)
    verb = request.POST.get("verb", "")
    if line and verb == "dismiss" and line.may_end:
        dismiss(request.user, line.post, now=now)
        messages.success(request, _("The post has ended."))
    elif line and verb == "take_back" and line.may_take_back:
        take_back(request.user, line.post, now=now)
        messages.success(request, _("Taken back: the post goes on."))
    else:
        raise Http404("no such post to change")
    return redirect("people:person", member_id)
