"""Rows of Wagtail that name a person: who wrote, commented, approved or is editing. The pages themselves stay."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, QuerySet, UniqueConstraint
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from lms.people.models import Member

MODELS = (
    "wagtailadmin.EditingSession", "wagtailadmin.FormState", "wagtailcore.APIToken", "wagtailcore.Comment",
    "wagtailcore.CommentReply", "wagtailcore.ModelLogEntry", "wagtailcore.Page", "wagtailcore.PageLogEntry",
    "wagtailcore.PageSubscription", "wagtailcore.Revision", "wagtailcore.TaskState", "wagtailcore.UploadedFile",
    "wagtailcore.WorkflowState", "wagtaildocs.Document", "wagtailimages.Image", "wagtailusers.UserProfile",
)  # fmt: skip


def personal_data(member_id: int) -> list[dict[str, Any]]:
    """What the person has written, by title; the rest says no more than that."""
    written = set(Revision.page_revisions.filter(user_id=member_id).values_list("object_id", flat=True))
    pages = Page.objects.filter(pk__in=[int(pk) for pk in written])
    return [{_("Page"): page.title, _("At"): page.latest_revision_created_at} for page in pages.order_by("title")]


def erase(member_id: int) -> None:
    """Forget who it was where a row can stand without; drop rows that say nothing else."""
    for _model, key, rows in _rows_of(member_id):
        if key.null:
            rows.update(**{key.attname: None})
        else:
            rows.delete()


def merge(kept: int, dropped: int) -> None:
    """Hand over what the dropped account wrote; settings and marks that there is one of stay those of the kept one."""
    for model, key, rows in _rows_of(dropped):
        if _one_each(model, key):
            rows.delete()
        else:
            rows.update(**{key.attname: kept})


def _rows_of(member_id: int) -> Iterator[tuple[type[Model], "Field[Any, Any]", QuerySet[Model]]]:
    for label in MODELS:
        model = apps.get_model(label)
        for key in model._meta.local_fields:
            if key.related_model is Member:
                yield model, key, model._base_manager.filter(**{key.attname: member_id})


def _one_each(model: type[Model], key: "Field[Any, Any]") -> bool:
    named = [rule.fields for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    return key.unique or any(key.name in names for names in [*named, *model._meta.unique_together])
