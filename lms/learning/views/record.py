from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.learning.queries.record import record_of
from lms.people.views.access import MemberRequest, signed_in


@require_safe
@signed_in
def record(request: MemberRequest) -> HttpResponse:
    return render(request, "learning/record.html", {"record": record_of(request.user)})
