"""One view, one template, two answers: the whole page, or the part of it that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.template import RequestContext, Template
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page (a step back in the history asks for all of it)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str | None = None
) -> HttpResponse:
    """The page, or only its `{% block part %}` when htmx asks; the block stands in its page."""
    if part is not None and wants_part(request):
        response = HttpResponse(_rendered_block(request, template, context or {}, part))
    else:
        response = render_page(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _rendered_block(request: HttpRequest, name: str, values: dict[str, Any], part: str) -> str:
    page: Template = get_template(name).template  # type: ignore[attr-defined]  # Django's own engine is the only one
    nodes = (node for node in page.nodelist.get_nodes_by_type(BlockNode) if isinstance(node, BlockNode))
    block = next(node for node in nodes if node.name == part)
    context = RequestContext(request, values)
    with context.bind_template(page), context.render_context.push_state(page):
        return block.render(context)
