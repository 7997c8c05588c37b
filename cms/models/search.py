"""The words of published pages without accents: one column that both databases search alike."""

from typing import Self

from django.db import models
from wagtail.models import Page

from cms.engine.words import words_of


class PageTextQuerySet(models.QuerySet["PageText"]):
    def matching(self, asked: str) -> Self:
        """Pages in which every asked word begins some word; hits in the title first."""
        found = self
        for word in words_of(asked):
            found = found.filter(folded__contains=f" {word}")
        in_title = models.Q(*(models.Q(folded_title__contains=f" {word}") for word in words_of(asked)))
        phrase = models.Q(folded__contains=f" {' '.join(words_of(asked))}")
        rank = models.Case(
            models.When(in_title, then=0), models.When(phrase, then=1), default=2, output_field=models.IntegerField()
        )
        return found.annotate(rank=rank).order_by("rank", "folded_title", "pk")


class PageText(models.Model):
    """One row a published page, written when it is published, dropped when it isn't any more."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="found_text")
    folded_title = models.CharField(max_length=600)
    folded = models.TextField()  # " word word word ": a blank before every word
    body = models.TextField(blank=True)  # as written, for the excerpt

    objects = PageTextQuerySet.as_manager()

    def __str__(self) -> str:
        return self.folded_title.strip()
