"""Drawings as strings and numbers for server-made SVG. Attributes use the point, never the comma of the language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.coverage.engine.treemap import Box, label_lines, short_labels, squarify
from lms.coverage.engine.trend import Point
from lms.coverage.queries.dashboard import Line
from lms.text.numbers import vn_percent

WIDE, TALL = (700.0, 340.0), (326.0, 560.0)  # drawn to the narrowest screen of each kind, then stretched
_MOST_TILES = 40
_VALUE_HEIGHT = 30


@dataclass(frozen=True)
class Tile:
    line: Line
    x: str
    y: str
    width: str
    height: str
    rows: list[tuple[int, str]]  # (y in pixels, text)
    shows_value: bool


def treemap(lines: list[Line], size: tuple[float, float]) -> list[Tile]:
    """Unions below by the number of people who should be trained, the largest ones where there are very many."""
    shown = sorted((line for line in lines if line.figure.count.roster > 0), key=lambda x: -x.figure.count.roster)
    shown = shown[:_MOST_TILES]
    boxes = squarify([float(line.figure.count.roster) for line in shown], *size)
    labels = short_labels([line.version.short_name if line.version else _("Directly here") for line in shown])
    return [_tile(line, label, box, size) for line, label, box in zip(shown, labels, boxes, strict=True)]


def _tile(line: Line, label: str, box: Box, size: tuple[float, float]) -> Tile:
    shows = box.width >= 74 and box.height >= 38
    rows = label_lines(label, box, below=_VALUE_HEIGHT) if shows else []
    return Tile(
        line,
        x=_percent(box.x, size[0]),
        y=_percent(box.y, size[1]),
        width=_percent(box.width, size[0]),
        height=_percent(box.height, size[1]),
        rows=[(26 + 21 * at, text) for at, text in enumerate(rows)],
        shows_value=shows,
    )


@dataclass(frozen=True)
class Dot:
    point: Point
    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Trend:
    dots: list[Dot]
    path: str  # in a drawing of 100 x 100
    marks: list[tuple[str, str]]  # (y, "60 %")
    target_y: str
    summary: str

    @property
    def last_dy(self) -> int:
        """Where the last value stands: above the line, or below it near the top."""
        return 26 if float(self.dots[-1].point.count.percent) > 85 else -14

    @property
    def ticks(self) -> list[Dot]:
        """The days written below: first, last and at most two between."""
        if len(self.dots) <= 4:
            return self.dots
        step = (len(self.dots) - 1) / 3
        return [self.dots[round(step * at)] for at in range(4)]


def trend_chart(points: list[Point], target: float | None) -> Trend | None:
    """A line of percents from the left edge to the right; None where there is but one point."""
    if len(points) < 2:
        return None
    step = 100 / (len(points) - 1)
    dots = [
        Dot(point, _css(step * at), _css(100 - float(point.count.percent)), vn_percent(point.count.percent))
        for at, point in enumerate(points)
    ]
    path = "M" + " ".join(f"{dot.x[:-1]} {dot.y[:-1]}" for dot in dots)
    first, last = points[0], points[-1]
    summary = _("From %(first)s on %(since)s to %(last)s on %(until)s") % {
        "first": vn_percent(first.count.percent),
        "since": f"{first.day:%d/%m/%Y}",
        "last": vn_percent(last.count.percent),
        "until": f"{last.day:%d/%m/%Y}",
    }
    marks = [(_css(100.0 - mark), f"{mark}%") for mark in (0, 25, 50, 75, 100)]
    return Trend(dots, path, marks, _css(100 - target) if target is not None else "", summary)


def _percent(part: float, whole: float) -> str:
    return _css(100 * part / whole)


def _css(percent: float) -> str:
    return f"{percent:.2f}%"
