"""What a search found, made ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from cms.engine.tree import address_of
from cms.engine.words import pieces, words_of
from cms.models.search import PageText, PageTextQuerySet
from cms.models.tree import published_pages


@dataclass(frozen=True)
class Hit:
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]
    url: str
    within: str  # title of the page above


def pages_found(asked: str) -> PageTextQuerySet:
    """Published pages open to everybody; nothing for a search without a word."""
    if not words_of(asked):
        return PageText.objects.none()
    open_pages = published_pages().public().values("pk")
    return PageText.objects.matching(asked).filter(page__in=open_pages).select_related("page")


def hits_for(rows: Iterable[PageText], asked: str) -> list[Hit]:
    """One query more, for the titles of the pages above."""
    found = list(rows)
    above = {row.page.path[: -Page.steplen] for row in found}
    titles = dict(Page.objects.filter(path__in=above, depth__gt=2).values_list("path", "title")) if above else {}
    return [
        Hit(
            title=pieces(row.page.title, asked, width=300),
            excerpt=pieces(row.body, asked),
            url=address_of(row.page.url_path),
            within=titles.get(row.page.path[: -Page.steplen], ""),
        )
        for row in found
    ]
