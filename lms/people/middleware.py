"""A shared device signs its user out after 30 minutes of rest: every request but the first of a minute is free."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from lms.people.views.sessions import SHARED, SHARED_MINUTES

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_MARK_EVERY = 60


def shared_devices(get_response: GetResponse) -> GetResponse:
    """After SessionMiddleware. The rest is counted from the last mark, kept within the session."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        session = request.session
        if session.accessed and SHARED in session:
            now = int(timezone.now().timestamp())
            if now - session[SHARED] > _MARK_EVERY:
                session[SHARED] = now
                session.set_expiry(SHARED_MINUTES * 60)
        return response

    return respond
