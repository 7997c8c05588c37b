"""Finding pages by their address: the whole way in one query, each page of its own type."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import Http404, HttpRequest
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from cms.engine.tree import way_to
from cms.models.lessons import LessonPage

_KINDS = ("homepage", "courseindexpage", "coursepage", "lessonpage")  # by their depth below the root


def live_way_to(path: str) -> list[Page]:
    """Pages from the home page to the one at `path`; 404 unless all of them are published.

    The last two are of their own type: the page that is shown and the one it lies in. Joining only their tables
    halves the cost of the query.
    """
    asked = way_to(path)
    if len(asked) > len(_KINDS):
        raise Http404("no page lies so deep")
    shown = _KINDS[max(0, len(asked) - 2) : len(asked)]
    rows = Page.objects.filter(url_path__in=asked, live=True).select_related(*shown).order_by("depth")
    way = [_specific(row, shown) for row in rows]
    if [page.url_path for page in way] != asked:
        raise Http404("no published page at this address")
    if len(way) > 1:
        way[-1].parent_page = way[-2]
    return way


def lesson_for(request: HttpRequest, pk: int) -> LessonPage:
    """The published lesson, if this reader may see it; else 404."""
    found = LessonPage.objects.live().filter(pk=pk).values_list("url_path", flat=True).first()
    if found is None:
        raise Http404("no such lesson")
    page: Any = live_way_to("/".join(found.strip("/").split("/")[1:]))[-1]
    if not _admits(page, request):
        raise Http404("the lesson isn't open to this reader")
    lesson: LessonPage = page
    return lesson


def published_pages() -> PageQuerySet:
    """What has an address for readers: live pages below live pages only. A course that isn't out hides its lessons."""
    inside = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    hidden = Page.objects.filter(live=False).annotate(inside=inside).filter(inside__startswith=F("path"))
    return Page.objects.live().filter(~Exists(hidden))


def is_shown(document: Any, request: HttpRequest) -> bool:
    """Whether a published page that this reader may open links the document or plays it."""
    users = ReferenceIndex.get_references_to(document).values_list("object_id", flat=True)
    pages = published_pages().filter(pk__in=[int(pk) for pk in users if pk.isdigit()])
    return any(_admits(page, request) for page in pages)


def _admits(page: Page, request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def _specific(row: Page, shown: tuple[str, ...]) -> Page:
    return next((page for kind in shown if (page := getattr(row, kind, None)) is not None), row)
