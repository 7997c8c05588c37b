from datetime import UTC

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from lms.files.links import is_public, is_signed
from lms.files.respond import file_response

MONTH = "public, max-age=2592000, immutable"  # a changed picture gets another name


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures made for pages are for everybody; all else needs a signed link, and without one isn't there."""
    public = is_public(path)
    if not public and not is_signed(path, request.GET.get("s", "")):
        raise Http404("not a public file and no valid signature")
    try:
        file = default_storage.open(path)
        modified = default_storage.get_modified_time(path).astimezone(UTC)
    except (OSError, SuspiciousFileOperation, ValueError):
        raise Http404("no such file") from None
    return file_response(
        request,
        file,
        name=path.rsplit("/", 1)[-1],
        modified=modified,
        cache=MONTH if public else "private, no-cache",
    )
