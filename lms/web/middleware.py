"""What every request gets: a number, a language, headers. The strict policy loads nothing from elsewhere."""

import re
import secrets
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from lms.web import logs

_STRICT = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; connect-src 'self'{sockets}; frame-src https://www.youtube-nocookie.com; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
# Wagtail's own pages carry inline scripts and styles.
_EDITOR = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
EDITOR_PREFIX = "/cms/"
_GOOD_ID = re.compile(r"[\w-]{8,64}")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def request_id(get_response: GetResponse) -> GetResponse:
    """The number that `lms.web.requests` gave: in log lines, in the header, on the page that says what went wrong."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request.id = given if _GOOD_ID.fullmatch(given) else secrets.token_hex(6)  # type: ignore[attr-defined]  # ours
        with logs.under(request.id):  # type: ignore[attr-defined]  # set above
            response = get_response(request)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]  # set above
        return response

    return respond


def no_nul(get_response: GetResponse) -> GetResponse:
    """No page asks for a NUL, and PostgreSQL has no text with one: 400 instead of an error at every search."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return respond


def chosen_language(get_response: GetResponse) -> GetResponse:
    """Vietnamese, unless this person chose otherwise; never what a telephone's maker chose."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return respond


def security_headers(get_response: GetResponse) -> GetResponse:
    def respond(request: HttpRequest) -> HttpResponseBase:
        request.csp_nonce = secrets.token_urlsafe(12)  # type: ignore[attr-defined]  # read by the templates
        response = get_response(request)
        if not (settings.DEBUG and response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR):  # Django's error page
            response.headers.setdefault("Content-Security-Policy", _policy(request))
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response

    return respond


def _policy(request: HttpRequest) -> str:
    if request.path.startswith(EDITOR_PREFIX):
        return _EDITOR
    nonce = request.csp_nonce  # type: ignore[attr-defined]  # set above
    ancestors = "'self'" if request.GET.get("in_preview_panel") else "'none'"
    return _STRICT.format(nonce=nonce, ancestors=ancestors, sockets=_own_sockets(request))


def _own_sockets(request: HttpRequest) -> str:
    """Older browsers don't take 'self' for sockets of the same host."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    return f" {'wss' if request.is_secure() else 'ws'}://{host}"
