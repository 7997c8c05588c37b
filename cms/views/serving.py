"""Pages by their address. Wagtail's own way asks two queries a level; ours one for the whole way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.views import serve_chain

from cms.models.tree import live_way_to


def serve(request: HttpRequest, path: str) -> Any:
    """Wagtail's hooks run as in its own view: privacy, allowed methods."""
    page = live_way_to(path)[-1]
    answer = serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        answer = hook(answer)
    for hook in hooks.get_hooks("before_serve_page"):
        early = hook(page, request, [], {})
        if isinstance(early, HttpResponse):
            return early
    return answer(page, request, [], {})
