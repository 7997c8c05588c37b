"""Squarified treemap (Bruls, Huizing, van Wijk 2000): areas in proportion, tiles as square as may be. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_CHAR, _LINE, _PAD = 8.8, 21, 20  # pixels that a letter and a line of the label need, and the tile's padding


@dataclass(frozen=True)
class Box:
    """In pixels of the drawing that it was made for."""

    x: float
    y: float
    width: float
    height: float


def squarify(weights: Sequence[float], width: float, height: float) -> list[Box]:
    """One box for each weight, in the same order; weights must be positive. Together they fill the drawing."""
    order = sorted(range(len(weights)), key=lambda at: -weights[at])
    scale = width * height / sum(weights) if weights else 0
    areas = [weights[at] * scale for at in order]
    placed = _lay(areas, Box(0, 0, width, height))
    boxes = dict(zip(order, placed, strict=True))
    return [boxes[at] for at in range(len(weights))]


def _lay(areas: list[float], free: Box) -> list[Box]:
    boxes: list[Box] = []
    while areas:
        side = min(free.width, free.height)
        taken = 1
        while taken < len(areas) and _worst(areas[: taken + 1], side) <= _worst(areas[:taken], side):
            taken += 1
        row, free = _row(areas[:taken], free)
        boxes += row
        areas = areas[taken:]
    return boxes


def _worst(row: list[float], side: float) -> float:
    """The least square tile of the row: its longer side by its shorter."""
    whole = sum(row)
    return max(side * side * max(row) / whole**2, whole**2 / (side * side * min(row)))


def _row(row: list[float], free: Box) -> tuple[list[Box], Box]:
    """A row along the shorter side, and what stays free."""
    boxes, at, whole = [], 0.0, sum(row)
    if free.width >= free.height:
        thick = whole / free.height
        for area in row:
            boxes.append(Box(free.x, free.y + at, thick, area / thick))
            at += area / thick
        return boxes, Box(free.x + thick, free.y, max(free.width - thick, 1e-9), free.height)
    thick = whole / free.width
    for area in row:
        boxes.append(Box(free.x + at, free.y, area / thick, thick))
        at += area / thick
    return boxes, Box(free.x, free.y + thick, free.width, max(free.height - thick, 1e-9))


def short_labels(names: Sequence[str]) -> list[str]:
    """Names without the words that at least three of them begin with: "LĐLĐ huyện Ba Tri" -> "Ba Tri"."""
    shared = Counter(tuple(words[:n]) for words in map(str.split, names) for n in range(1, len(words)))
    labels = []
    for words in map(str.split, names):
        cut = max((n for n in range(1, len(words)) if shared[tuple(words[:n])] >= 3), default=0)
        rest = " ".join(words[cut:])
        labels.append(rest[:1].upper() + rest[1:])
    return labels


def label_lines(label: str, box: Box, *, below: int) -> list[str]:
    """The label in lines that fit the box when `below` pixels stay free under it; no line when it can't."""
    most = int((box.width - _PAD) / _CHAR)
    lines = [""]
    for word in label.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most:
            lines[-1] = joined
        else:
            lines.append(word)
    fits = int((box.height - _PAD - below) / _LINE)
    if not label or fits < 1 or max(map(len, lines)) > most:
        return []
    if len(lines) > fits:
        lines = [*lines[: fits - 1], lines[fits - 1][: most - 1] + "…"]
    return [line for line in lines if line]
