"""Who may open a view. Anonymous people are asked to sign in; for the others a page they may not see isn't there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from lms.people.models import Member
from lms.people.queries.scopes import Scope, scope_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request behind one of the decorators below: somebody is signed in."""

    user: Member  # type: ignore[assignment]  # Django types it as possibly anonymous


MemberView = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def signed_in(view: MemberView[P]) -> View[P]:
    """Anybody who is signed in."""
    return login_required(view)  # type: ignore[arg-type, return-value]  # the decorator makes the narrowing true


def require(*functions: str) -> Callable[[MemberView[P]], View[P]]:
    """Only who holds one of `functions` today, anywhere in the tree; 404 for everybody else."""
    return _allowed(lambda scope: scope.has(*functions))


def looks_after_people(view: MemberView[P]) -> View[P]:
    """Only unit officers and province administrators; which people they see is the query's business."""
    return _allowed(lambda scope: scope.sees_people)(view)


def _allowed(holds: Callable[[Scope], bool]) -> Callable[[MemberView[P]], View[P]]:
    def decorate(view: MemberView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not holds(scope_of(request.user, timezone.localdate())):
                raise Http404("not for this person")
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return decorate
