from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served

from lms.files.respond import file_response

HOUR = "public, max-age=3600"


@require_safe
def serve(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document or film with byte ranges, once Wagtail's hooks have looked whether the reader may have it."""
    document = get_object_or_404(get_document_model().objects.select_related("collection"), pk=document_id)
    if document.filename != document_filename:
        raise Http404("the document has another name")
    for hook in hooks.get_hooks("before_serve_document"):
        early = hook(document, request)
        if isinstance(early, HttpResponse):
            return early
    document_served.send(sender=type(document), instance=document, request=request)
    private = document.collection.get_view_restrictions()
    try:
        file = document.file.storage.open(document.file.name)
    except OSError:
        raise Http404("the file is missing from the store") from None
    return file_response(
        request,
        file,
        name=document.filename,
        modified=document.created_at,
        cache="private, no-cache" if private else HOUR,
    )
