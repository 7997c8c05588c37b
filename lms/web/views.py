"""Pages and files that know no word of the field."""

import re
from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from lms.web.bundle import bundle
from lms.web.charts import Bar, Chart
from lms.web.context import THEMES
from lms.web.forms import SampleForm

_YEAR = 365 * 24 * 3600


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    sheet = bundle()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(sheet.packed if packed else sheet.text, content_type="text/css; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    fresh = digest == sheet.digest
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if fresh else "public, max-age=60"
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light or dark, as the person wants it on this device; js/theme.js does the same without a round trip."""
    response = HttpResponseRedirect(_back(request))
    if request.POST.get("theme") in THEMES:
        response.set_cookie("theme", request.POST["theme"], max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a telephone needs to put the site on its home screen."""
    name = settings.WAGTAIL_SITE_NAME
    icons = [{"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    told = {"name": name, "short_name": name, "lang": "vi", "start_url": "/", "scope": "/", "display": "standalone"}
    colours = {"background_color": "#f6f4ee", "theme_color": "#0b4f8a"}
    return JsonResponse(told | colours | {"icons": icons}, content_type="application/manifest+json")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """From the root, because a worker only serves what lies below its own address."""
    response = render(request, "web/worker.js", {"digest": bundle().digest}, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(_request: HttpRequest) -> HttpResponse:
    """Kept by the service worker, so nothing on it may belong to a person."""
    return HttpResponse(render_to_string("offline.html", {"LANGUAGE_CODE": settings.LANGUAGE_CODE}))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: the database or the session may be what failed."""
    body = render_to_string("500.html", {"request_id": getattr(request, "id", "")})
    return HttpResponseServerError(body)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in one place, for those who build pages."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404("for staff")
    now = timezone.now()
    rows = [
        Bar("LĐLĐ thành phố Bến Tre", "91,2%", 91.2, "ok", "1.042 / 1.142"),
        Bar("Công đoàn các khu công nghiệp", "84%", 84, "warn", "9.210 / 10.964", "#"),
        Bar("LĐLĐ huyện Ba Tri", "52,9%", 52.9, "bad", "811 / 1.533"),
    ]
    return render(
        request,
        "web/styleguide.html",
        {
            "now": now,
            "soon": now + timedelta(hours=2, minutes=14, seconds=30),
            "form": SampleForm(),
            "wrong": SampleForm({"wrong-phone": "", "wrong-unit": "9", "wrong-kind": "alone"}, prefix="wrong"),
            "page": Paginator(range(1, 400), 20).page(7),
            "chart": Chart("Tỷ lệ hoàn thành theo công đoàn cấp trên", rows, 85, "Vạch đứng: chỉ tiêu 85%."),
            "crumbs": [("LĐLĐ tỉnh", "#"), ("LĐLĐ huyện Ba Tri", "#"), ("CĐCS May Bến Dừa", "#")],
            "tabs": [("Cá nhân", "#", True), ("Đơn vị", "#", False), ("Thể lệ", "#", False)],
            "icons": re.findall(r'symbol id="(\w+)"', (settings.BASE_DIR / "static" / "icons.svg").read_text("utf-8")),
            "steps": ["Chọn mẫu", "Câu hỏi", "Thời gian", "Xem lại"],
        },
    )


def _back(request: HttpRequest) -> str:
    """The page that the form came from, if it is one of ours."""
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else "/"
