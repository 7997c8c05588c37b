"""One-time codes: the officer gives one, the person uses it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.people.actions.codes import VALID_FOR, give_code, use_code
from lms.people.forms.join import CodeForm
from lms.people.queries.roster import may_help_to_sign_in, member_for
from lms.people.views.access import MemberRequest, looks_after_people
from lms.people.views.proof import prove


@never_cache
def use(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = use_code(form.cleaned_data["login"], form.cleaned_data["code"], now=timezone.now())
        if member:
            prove(request.session, member, by_code=True)
            return redirect("people:choose_secret")
        form.add_error(
            None,
            _("This code is wrong, used or too old, or there were too many tries. Ask your officer for a new one."),
        )
    return render(request, "people/use_code.html", {"form": form})


@never_cache
@require_POST
@looks_after_people
def give(request: MemberRequest, member_id: int) -> HttpResponse:
    now = timezone.now()
    person = member_for(request.user, member_id, timezone.localdate(now))
    if not may_help_to_sign_in(request.user, person.member, timezone.localdate(now)):
        raise Http404("this person may do more than the officer")
    code = give_code(request.user, person.member, now=now)
    return render(request, "people/code.html", {"person": person, "code": code, "ends": now + VALID_FOR})
