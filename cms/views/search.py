from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.models.found import hits_for, pages_found
from lms.web.paging import page_of

SIZE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:120]
    page = page_of(pages_found(asked), request, SIZE)
    return render(request, "cms/search.html", {"asked": asked, "page": page, "hits": hits_for(page, asked)})
