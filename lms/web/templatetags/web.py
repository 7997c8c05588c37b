"""Tags and filters that every page needs and that know no word of the field."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.text import numbers
from lms.web.bundle import bundle

register = template.Library()
SECOND = timedelta(seconds=1)
_NOTICES = {"success": ("ok", "ok"), "warning": ("warn", "warn"), "error": ("bad", "bad")}


@register.simple_tag
def stylesheet() -> str:
    """The address of the one style sheet, new whenever its text is."""
    return reverse("web:stylesheet", args=[bundle().digest])


@register.simple_tag
def site_name() -> str:
    """For pages that are rendered without a request; others say {{ SITE_NAME }}."""
    return settings.WAGTAIL_SITE_NAME


@register.simple_tag
def site_logo() -> str:
    """The address of the federation's own sign, if it set one."""
    return settings.SITE_LOGO


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, label: str = "") -> SafeString:
    """A shape of static/icons.svg; decoration unless `label` names it."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, static("icons.svg"), name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.simple_tag
def remembered(template_name: str, row: dict[str, Any] | None, *, mine: bool = False) -> SafeString:
    """A small template that shows nothing but `row` and `mine`: many pages in a row show the very same lines."""
    return _line(template_name, get_language(), tuple(row.items()) if row else (), mine=mine)


@lru_cache(maxsize=5000)
def _line(template_name: str, _language: str, items: tuple[tuple[str, Any], ...], *, mine: bool) -> SafeString:
    return render_to_string(template_name, {"row": dict(items) or None, "mine": mine})


@register.simple_tag(takes_context=True)
def current_page(context: dict[str, Any], *prefixes: str) -> SafeString:
    """` aria-current="page"` when the address asked for lies below one of `prefixes` ("/" only matches itself)."""
    path = getattr(context.get("request"), "path", "")
    here = any(path == prefix if prefix == "/" else path.startswith(prefix) for prefix in prefixes)
    return SafeString(' aria-current="page"' if here else "")


@register.filter
def notice_class(tags: str) -> str:
    """The class of a message's notice: "success" -> "ok"."""
    return next((_NOTICES[tag][0] for tag in tags.split() if tag in _NOTICES), "")


@register.filter
def notice_icon(tags: str) -> str:
    """The icon of a message's notice: "error" -> "bad"."""
    return next((_NOTICES[tag][1] for tag in tags.split() if tag in _NOTICES), "info")


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], **changes: object) -> str:
    """The query of the page with `changes`: `{% address page=3 %}` -> "?unit=7&page=3"; None takes a word out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page: "Page[Any]") -> list[int]:
    """Numbers to show, 0 for a gap: [1, 0, 6, 7, 8, 0, 40]."""
    return [number if isinstance(number, int) else 0 for number in _elided(page)]


def _elided(page: "Page[Any]") -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def vn_number(value: int | float | Decimal | None, places: int | None = None) -> str:
    return "–" if value is None else numbers.vn_number(value, places)


@register.filter
def vn_percent(part: int | float | Decimal | None, whole: int | float | Decimal | None = None) -> str:
    """`{{ done|vn_percent:total }}` or `{{ percent|vn_percent }}`."""
    return "–" if part is None else numbers.vn_percent(part, whole)


@register.filter
def vn_date(day: date | datetime | None) -> str:
    return numbers.vn_date(day) if day else "–"


@register.filter
def vn_time(moment: datetime | None) -> str:
    return numbers.vn_time(moment) if moment else "–"


@register.filter
def vn_moment(moment: datetime | None) -> str:
    return numbers.vn_moment(moment) if moment else "–"


@register.filter
def duration(ms: int | None) -> str:
    """312340 -> "05:12,34"."""
    return "–" if ms is None else numbers.duration_text(ms)


@register.filter
def iso(moment: datetime) -> str:
    """For `datetime=` and for scripts: "2026-11-22T13:14:37.250Z"."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@register.filter
def time_left(end: datetime, now: datetime) -> str:
    """ "còn 2 giờ 14 phút", in the language of the page."""
    if end < now:
        return _("time is up")
    days, hours, minutes = numbers.parts_of(end - now)
    if days:
        return _("{d} days {h} hours left").format(d=days, h=hours)
    if hours:
        return _("{h} hours {m} minutes left").format(h=hours, m=minutes)
    return _("{m} minutes left").format(m=minutes)


@register.filter
def clock_left(end: datetime, now: datetime) -> str:
    """What a countdown shows before its script runs: "14:59", "1:04:00"."""
    seconds = max(-((now - end) // SECOND), 0)
    hours, rest = divmod(seconds, 3600)
    tail = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{tail}" if hours else tail


@register.filter
def permille(percent: float | Decimal, shift: int = 0) -> int:
    """A place on the 1000 units of a meter: 43.2 -> 432; never outside the drawing."""
    return max(0, min(1000, round(percent * 10))) + (shift if percent * 10 >= -shift else 0)
