"""From the lines of an official document to its sections. Nothing is dropped: every line stands in one section."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cms.importer.engine.headings import Heading, heading_of, ordinal
from cms.importer.engine.identity import Identity, identity_of
from cms.importer.engine.source import Line

BULLETS = ("- ", "– ", "— ", "+ ", "• ", "· ", "* ", "-", "+", "•")


class Shape(StrEnum):
    """How a line is shown."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True)
class Piece:
    line: Line
    shape: Shape


@dataclass
class Section:
    """A heading with the lines up to the next one. `key` is its place: "II/2/2.1"; the front of a document has ""."""

    key: str
    heading: Heading | None
    line: Line | None
    depth: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.line.text if self.line else ""


@dataclass(frozen=True)
class Doubt:
    """A line that the importer could place only by guessing, for a person to look at."""

    line: Line
    reason: str  # "gap" | "before_heading" | "repeated"


@dataclass(frozen=True)
class Document:
    identity: Identity
    sections: list[Section]  # the front first, then every heading in order
    doubts: list[Doubt]


def read(lines: Sequence[Line]) -> Document:
    """Sections of a document in order. ValueError("empty") if there is no line at all."""
    if not lines:
        raise ValueError("empty")
    sections = [Section("", None, None, 0)]
    doubts: list[Doubt] = []
    way: list[Section] = []
    for line in lines:
        heading = heading_of(line)
        if heading is None:
            sections[-1].pieces.append(Piece(line, shape_of(line)))
            continue
        way = [section for section in way if section.depth < heading.depth]
        section = Section(_key(way, heading, line), heading, line, heading.depth)
        doubts += _doubts(sections, way, section)
        way.append(section)
        sections.append(section)
    _keep_keys_apart(sections)
    return Document(identity_of(lines), sections, doubts)


def shape_of(line: Line) -> Shape:
    if line.row:
        return Shape.CELL
    return Shape.ITEM if line.text.startswith(BULLETS) else Shape.PARAGRAPH


def _key(way: list[Section], heading: Heading, line: Line) -> str:
    own = heading.label or line.text[:60]
    return f"{way[-1].key}/{own}" if way else own


def _doubts(sections: list[Section], way: list[Section], section: Section) -> list[Doubt]:
    """A number that doesn't follow its elder sibling's is worth a look: a heading may be missing or misread."""
    assert section.heading is not None
    assert section.line is not None
    parent = way[-1].key if way else ""
    siblings = [s for s in sections if s.heading and s.depth == section.depth and _parent(s.key) == parent]
    number = ordinal(section.heading.label) if section.heading.label else None
    if number is None:
        return []
    last = siblings[-1].heading if siblings else None
    before = (ordinal(last.label) if last and last.label else 0) or 0
    return [] if number == before + 1 else [Doubt(section.line, "repeated" if number <= before else "gap")]


def _parent(key: str) -> str:
    return key.rpartition("/")[0]


def _keep_keys_apart(sections: list[Section]) -> None:
    seen: dict[str, int] = {}
    for section in sections:
        seen[section.key] = seen.get(section.key, 0) + 1
        if seen[section.key] > 1:
            section.key = f"{section.key}~{seen[section.key]}"
