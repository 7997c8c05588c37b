"""Texts that an officer pastes into a Zalo group. Plain text: what, how many, where to go."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from lms.coverage.queries.dashboard import Dashboard
from lms.text.numbers import vn_number, vn_percent


def units_reminder(board: Dashboard, day: date, site: str) -> str:
    """Unions that lag behind, with their numbers."""
    head = _("%(title)s (figures of %(day)s). Unions where people are still missing:") % {
        "title": board.choice.title,
        "day": f"{day:%d/%m/%Y}",
    }
    lines = [
        _("- %(unit)s: %(missing)s people missing, %(percent)s done")
        % {
            "unit": line.version.short_name,
            "missing": vn_number(line.figure.missing),
            "percent": vn_percent(line.figure.count.percent),
        }
        for line in board.focus
        if line.version
    ]
    return "\n".join([head, *lines, _link(board.choice.activity.url if board.choice.activity else "", site)])


def names_reminder(title: str, unit_name: str, names: Iterable[str], more: int, day: date, url: str, site: str) -> str:
    """People who haven't done it yet."""
    head = _("%(unit)s: people who haven't done “%(title)s” yet (figures of %(day)s):") % {
        "unit": unit_name,
        "title": title,
        "day": f"{day:%d/%m/%Y}",
    }
    lines = [f"{number}. {name}" for number, name in enumerate(names, start=1)]
    if more:
        lines.append(_("… and %(number)s more") % {"number": vn_number(more)})
    return "\n".join([head, *lines, _link(url, site)])


def _link(url: str, site: str) -> str:
    return _("Please go to: %(address)s") % {"address": site.rstrip("/") + (url or "/")}
