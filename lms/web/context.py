"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "SITE_NAME": settings.WAGTAIL_SITE_NAME,
        "FEDERATION": settings.FEDERATION_NAME,
        "THEME": theme if theme in THEMES else "",
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "request_id": getattr(request, "id", ""),
    }
