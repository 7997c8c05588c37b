"""Figures as people read them: chips with sign, word and colour; meters with the target's mark."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.coverage.engine.figures import Count, Target, Verdict
from lms.text.numbers import quarter_text, vn_date, vn_number, vn_percent

register = template.Library()
_COLOUR = {Verdict.MET: "ok", Verdict.NEAR: "warn", Verdict.MISSED: "bad", Verdict.NO_TARGET: "info", Verdict.EMPTY: ""}
_SIGN = {Verdict.MET: "✓ ", Verdict.NEAR: "~ ", Verdict.MISSED: "✗ ", Verdict.NO_TARGET: "", Verdict.EMPTY: ""}
_WORD = {
    Verdict.MET: gettext_noop("met"),
    Verdict.NEAR: gettext_noop("nearly met"),
    Verdict.MISSED: gettext_noop("not met"),
    Verdict.NO_TARGET: gettext_noop("no target set"),
    Verdict.EMPTY: gettext_noop("nobody to train"),
}
register.filter("number", vn_number)
register.filter("vn_day", vn_date)
register.filter("quarter", quarter_text)


@register.filter
def percent(count: Count) -> str:
    return vn_percent(count.percent) if count.roster else "–"


@register.filter
def points(gain: Decimal) -> str:
    return f"+{vn_number(gain)}"


@register.filter
def colour(verdict: Verdict) -> str:
    """The class of chips, tiles and meters."""
    return _COLOUR[verdict]


@register.filter
def sign(verdict: Verdict) -> str:
    return _SIGN[verdict]


@register.filter
def word(verdict: Verdict) -> str:
    return _(_WORD[verdict])


@register.simple_tag
def target_text(target: Target | None) -> str:
    """ "target 100%", with the operator where it isn't "at least"."""
    if target is None:
        return ""
    shown = vn_percent(target.percent)
    return _("target %(figure)s") % {"figure": shown if target.operator in (">=", "=") else target.operator + shown}


@register.simple_tag
def verdict_chip(figure: Any) -> SafeString:
    """✓ met · target 100%."""
    target = target_text(figure.target)
    text = f"{_SIGN[figure.verdict]}{word(figure.verdict)}" + (f" · {target}" if target else "")
    return format_html('<span class="chip wrap-ok {}">{}</span>', colour(figure.verdict), text)


@register.simple_tag
def coverage_meter(figure: Any) -> SafeString:
    """A bar with a mark at the target; the number stands beside it in words, so it is decoration."""
    mark = SafeString("")
    if figure.target is not None:
        at = min(float(figure.target.percent), 99.5)
        mark = format_html('<rect class="target" x="{}%" width="2" height="100%"/>', f"{at:.1f}")
    return format_html(
        '<svg class="meter {}" aria-hidden="true" focusable="false">'
        '<rect class="fill" width="{}%" height="100%"/>{}</svg>',
        colour(figure.verdict),
        f"{float(figure.count.percent):.1f}",
        mark,
    )


@register.simple_tag
def tile_colour(figure: Any) -> str:
    """Without a target a tile says by its depth how far its union has come, and judges nothing."""
    if figure.verdict is not Verdict.NO_TARGET:
        return colour(figure.verdict)
    return f"depth-{min(3, int(figure.count.percent // 25))}"


@register.simple_tag
def label_of(line: Any) -> str:
    return line.version.short_name if line.version else _("People directly here")


_UNITS = {
    "class_per_unit": gettext_noop("%(figure)s class for each union"),
    "contacts_per_unit": gettext_noop("%(figure)s contacts for each union"),
    "milestone": gettext_noop("done"),
    "percent": "%(figure)s%%",
}
_SOURCES = {
    "platform": gettext_noop("Bến Học will compute it once the records that it needs are kept here."),
    "reported": gettext_noop("Unions report it, with evidence, in the quarterly report."),
    "survey": gettext_noop("People state it themselves in a survey."),
    "mixed": gettext_noop("One part from Bến Học, one part reported by unions; the two are shown apart."),
}
_KINDS = {
    "platform": gettext_noop("Computed here"),
    "reported": gettext_noop("Reported by unions"),
    "survey": gettext_noop("Survey"),
    "mixed": gettext_noop("Computed and reported"),
}


@register.simple_tag
def indicator_target(indicator: Any) -> str:
    unit = _UNITS.get(indicator.target_unit, "%(figure)s")
    text = (_(unit) if unit in _UNITS.values() else unit) % {"figure": vn_number(indicator.target)}
    return text if indicator.operator in (">=", "=") else f"{indicator.operator} {text}"


@register.simple_tag
def indicator_source(indicator: Any) -> SafeString:
    return format_html(
        '<span class="chip">{}</span> <span class="muted small">{}</span>',
        _(_KINDS[indicator.source_kind]),
        _(_SOURCES[indicator.source_kind]),
    )


@register.simple_tag
def other_address(question: Any, choice: Any) -> str:
    """The query of the same question about another figure."""
    return str(question.address_of(choice.code))
