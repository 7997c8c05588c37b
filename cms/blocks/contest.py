"""A contest shown inside a lesson."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.models import Contest, ContestState


def contest_choices() -> list[tuple[str, str]]:
    """Contests that members may know of, newest first."""
    known = Contest.objects.exclude(state=ContestState.DRAFT).order_by("-published_at", "-pk")
    return [(str(pk), title) for pk, title in known.values_list("pk", "title")[:200]]


class ContestCard(blocks.StructBlock):
    contest = blocks.ChoiceBlock(label=_("Contest"), choices=contest_choices)

    class Meta:
        icon = "pick"
        label = _("Contest")
