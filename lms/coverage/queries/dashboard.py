"""One union's dashboard, in a number of queries that knows neither how many unions nor how many people there are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from lms.coverage.engine.figures import Count, Target, Verdict, missing_for, points_gained, verdict
from lms.coverage.engine.trend import Point, trend
from lms.coverage.queries.access import Seat, linkable
from lms.coverage.queries.choices import Choice
from lms.coverage.queries.sums import Changes, branches, by_month, people, total
from lms.people.engine.path import unit_ids
from lms.people.models import UnitVersion

_TILES = 3


@dataclass(frozen=True)
class Figure:
    """A count with its judgement."""

    choice: Choice
    count: Count

    @property
    def target(self) -> Target | None:
        return self.choice.target

    @property
    def verdict(self) -> Verdict:
        return verdict(self.count, self.target)

    @property
    def missing(self) -> int:
        return missing_for(self.count, self.target)


@dataclass(frozen=True)
class Line:
    """A union below, or the people directly at the union shown (`version` is None)."""

    version: UnitVersion | None
    figure: Figure
    may_open: bool
    gain: Decimal  # percent points that the whole would rise if this union reached its target


@dataclass(frozen=True)
class Dashboard:
    seat: Seat
    way: list[UnitVersion]
    choice: Choice
    whole: Figure
    tiles: list[Figure]
    lines: list[Line]
    points: list[Point]

    @property
    def with_people(self) -> list[Line]:
        return [line for line in self.lines if line.figure.count.roster]

    @property
    def without_people(self) -> list[Line]:
        return [line for line in self.lines if not line.figure.count.roster]

    @property
    def focus(self) -> list[Line]:
        """Unions with the most people missing, five at most."""
        behind = [line for line in self.lines if line.version and line.figure.missing]
        return sorted(behind, key=lambda line: -line.figure.missing)[:5]

    @property
    def units_behind(self) -> int:
        return sum(1 for line in self.lines if line.version and line.figure.missing)


def dashboard(seat: Seat, choice: Choice, tiles: list[Choice], day: date, today: date) -> Dashboard:
    """Four queries, a fifth for officers who look at another day."""
    root = seat.version.path
    nearby = list(
        UnitVersion.objects.on(day)
        .filter(Q(unit_id__in=unit_ids(root)) | Q(parent_id=seat.unit_id))
        .order_by("sort_key")
    )
    children = [version for version in nearby if version.parent_id == seat.unit_id]
    found = people(root, {tile.subject for tile in [*tiles, choice]}, day)
    counts = branches(found, choice.subject, choice.classes)
    whole = Figure(choice, total(counts))
    open_ids = linkable(seat, [child.unit_id for child in children], day, today)
    return Dashboard(
        seat=seat,
        way=_way(seat, nearby, root),
        choice=choice,
        whole=whole,
        tiles=_tiles(tiles, found),
        lines=_lines(children, counts, root, whole, open_ids),
        points=trend(by_month(root, choice.subject, choice.classes, day), Point(day, whole.count)),
    )


def _tiles(tiles: list[Choice], found: Changes) -> list[Figure]:
    """The chosen figure, and of the others those that somebody has begun to fill by that day."""
    figures = [Figure(tile, total(branches(found, tile.subject, tile.classes))) for tile in tiles]
    return figures[:1] + [figure for figure in figures[1:] if figure.count.trained or figure.target][: _TILES - 1]


def _way(seat: Seat, nearby: list[UnitVersion], root: str) -> list[UnitVersion]:
    """Unions from the top of the person's part of the tree to this one."""
    above = sorted((v for v in nearby if root.startswith(v.path)), key=lambda version: version.path)
    return [version for version in above if seat.scope.covers(version.path) or version.unit_id == seat.unit_id]


def _lines(
    children: list[UnitVersion], counts: dict[str, Count], root: str, whole: Figure, open_ids: set[int]
) -> list[Line]:
    lines = []
    for child in children:
        figure = Figure(whole.choice, counts.get(child.path, Count()))
        gain = points_gained(figure.missing, whole.count)
        lines.append(Line(child, figure, child.unit_id in open_ids, gain))
    if counts.get(root, Count()).roster:
        own = Figure(whole.choice, counts[root])
        lines.append(Line(None, own, may_open=False, gain=points_gained(own.missing, whole.count)))
    return lines
