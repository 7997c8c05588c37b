from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.permissions import policy_registry

from cms.models.tree import is_shown
from lms.files.respond import file_response

HOUR, OWN = "public, max-age=3600", "private, no-cache"


@require_safe
def serve(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document or film with byte ranges: what a published page shows to its readers, everything to authors.

    Wagtail's hooks have a look as well: they keep collections that an editor has closed.
    """
    document = get_object_or_404(get_document_model().objects.select_related("collection"), pk=document_id)
    if document.filename != document_filename:
        raise Http404("the document has another name")
    for hook in hooks.get_hooks("before_serve_document"):
        early = hook(document, request)
        if isinstance(early, HttpResponse):
            return early
    shown = is_shown(document, request)
    if not shown and not _writes_with(request, document):
        raise Http404("no published page shows this document")
    document_served.send(sender=type(document), instance=document, request=request)
    private = not shown or document.collection.get_view_restrictions()
    try:
        file = document.file.storage.open(document.file.name)
    except OSError:
        raise Http404("the file is missing from the store") from None
    return file_response(
        request,
        file,
        name=document.filename,
        modified=document.created_at,
        cache=OWN if private else HOUR,
    )


def _writes_with(request: HttpRequest, document: Any) -> bool:
    policy = policy_registry.get_by_type(get_document_model())
    return bool(policy.user_has_any_permission_for_instance(request.user, ["choose", "change"], document))
