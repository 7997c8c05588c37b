"""The board by plain HTTP: the shared part, the same bytes that sockets get, for pages without one and for a CDN.

It lies past Django's middleware: no session is read, no cookie is set and nothing varies.
"""

from typing import Any

from django.utils.translation import gettext as _

from quizzes.live.consumers import hub
from quizzes.live.http import answer_text
from quizzes.live.token import read_address
from quizzes.models import Contest

# One question a second from each CDN node; while it asks, everybody else gets what it has.
CACHE = b"public, max-age=1, stale-while-revalidate=10"

Scope = dict[str, Any]


async def board_application(scope: Scope, send: Any) -> None:
    place = read_address(scope["path"])
    if scope["method"] not in ("GET", "HEAD"):
        await answer_text(send, 405, _("This address is only read."))
        return
    try:
        view = await hub.view_of(place) if place else None
    except (Contest.DoesNotExist, KeyError):
        view = None
    if view is None:
        await answer_text(send, 404, _("There is nothing at this address."))
        return
    etag = view.etag.encode()
    headers = [(b"etag", etag), (b"cache-control", CACHE), (b"x-content-type-options", b"nosniff")]
    if etag in _known(scope):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    body = view.shared.text.encode()
    headers += [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _known(scope: Scope) -> list[bytes]:
    """What the asker has, whether or not somebody on the way has compressed it."""
    asked = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
    return [one.strip().removeprefix(b"W/") for one in asked.split(b",")]
