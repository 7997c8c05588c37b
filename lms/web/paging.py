"""Lists in pages, forgiving: a page number that isn't one shows the first, one too high the last."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

_M = TypeVar("_M", bound=Model)


def page_of(queryset: "QuerySet[_M, Any]", request: HttpRequest, size: int = 50) -> "Page[_M]":
    """The page of `queryset` that the address asks for by ?page=. Two queries, whatever the size."""
    return Paginator(queryset, size).get_page(request.GET.get("page"))
