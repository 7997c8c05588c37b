"""What Wagtail logs of its editors also goes into the one append-only trace; what runs by itself doesn't."""

from wagtail.models import ModelLogEntry, Page, PageLogEntry

from lms.audit.actions import record

OWN_HISTORY = frozenset({"wagtail.edit", "wagtail.comments.create", "wagtail.comments.edit"})  # kept as revisions


def trace_page(entry: PageLogEntry) -> None:
    """Publishing, approving, moving, deleting … a page; drafts save themselves and have revisions of their own."""
    if entry.user_id and entry.action not in OWN_HISTORY:
        record(entry.user, entry.action, Page(pk=entry.page_id), now=entry.timestamp, details={"entry": entry.pk})


def trace_model(entry: ModelLogEntry) -> None:
    """The same for pictures, documents, groups, workflows."""
    kind = entry.content_type.model_class() if entry.content_type else None
    if entry.user_id and kind is not None and entry.action not in OWN_HISTORY:
        record(entry.user, entry.action, kind(pk=entry.object_id), now=entry.timestamp, details={"entry": entry.pk})
