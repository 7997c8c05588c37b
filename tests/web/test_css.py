"""The style sheets run on Chromium 87, weigh little, and can be read by all."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from lms.web.bundle import bundle, sources

CSS = settings.BASE_DIR / "static" / "css"
FILES = sources(CSS)
TOO_NEW = re.compile(
    r"@layer|@container|@property|light-dark\(|color-mix\(|:has\(|:is\(|:where\(|\baspect-ratio\b|\d[dsl]v[hw]\b"
    r"|oklch\(|@import|&[\s.:\[]|\bsubgrid\b"
)
PAIRS = [
    ("--ink", "--paper"), ("--ink", "--card"), ("--ink", "--sunk"), ("--ink-2", "--paper"), ("--ink-2", "--card"),
    ("--ink-2", "--sunk"), ("--brand", "--card"), ("--brand", "--paper"), ("--brand", "--sunk"),
    ("--brand", "--brand-soft"), ("--on-brand", "--brand"), ("--on-brand", "--brand-strong"), ("--ink", "--brand-soft"),
    ("--ink-2", "--brand-soft"), ("--leaf", "--leaf-soft"), ("--leaf", "--card"), ("--ink", "--leaf-soft"),
    ("--sun", "--sun-soft"), ("--sun", "--card"), ("--ink", "--sun-soft"), ("--flag", "--flag-soft"),
    ("--flag", "--card"), ("--ink", "--flag-soft"), ("--card", "--flag"),
]  # fmt: skip


def themes() -> dict[str, dict[str, str]]:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", text)
    sets = [dict(re.findall(r"(--[\w-]+):\s*(#\w{6})", body)) for _, body in blocks]
    light, by_device, by_choice = (colours for colours in sets if "--paper" in colours)
    assert by_device == by_choice
    return {"light": light, "dark": by_device}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_contrast(theme: str) -> None:
    colours = themes()[theme]
    weak = [
        (a, b, round(contrast(colours[a], colours[b]), 2)) for a, b in PAIRS if contrast(colours[a], colours[b]) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_fields_and_focus_have_contrast(theme: str) -> None:
    colours = themes()[theme]
    pairs = [("--edge", "--card"), ("--edge", "--paper"), ("--focus", "--card"), ("--focus", "--paper")]
    assert [(a, b) for a, b in pairs if contrast(colours[a], colours[b]) < 3] == []


def too_new() -> Iterator[str]:
    for file in FILES:
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield from (f"{file.name}: {found[0]}" for found in TOO_NEW.finditer(text))
        depth = 0
        for number, line in enumerate(text.splitlines(), 1):
            for sign in re.findall(r"[{}]|@(?:media|supports|keyframes)", line):
                depth += {"{": 1, "}": -1}.get(sign, -1)
            if depth > 1:
                yield f"{file.name}:{number}: nesting"


def test_style_sheets_run_on_old_web_views() -> None:
    assert list(too_new()) == []


def test_type_is_never_under_16_pixels() -> None:
    small = [
        f"{file.name}: {found[0]}"
        for file in FILES
        for found in re.finditer(
            r"font-size:\s*(?:0?\.\d+rem|1[0-5]px|\d(?:\.\d+)?px)", file.read_text(encoding="utf-8")
        )
    ]
    assert small == []


def test_sources_are_small_and_the_whole_is_light() -> None:
    assert [file.name for file in FILES if len(file.read_text(encoding="utf-8").splitlines()) > 120] == []
    assert len(gzip.compress(bundle().text.encode(), 6)) < 16_000


def test_scripts_are_small_and_run_on_old_web_views() -> None:
    files = sorted((settings.BASE_DIR / "static" / "js").rglob("*.js"))
    assert [f.name for f in files if len(f.read_text(encoding="utf-8").splitlines()) > 100] == []
    newer = re.compile(
        r"\.at\(|structuredClone|\.replaceAll\(|Object\.groupBy|\.findLast\(|AbortSignal\.timeout|\?\?=|#\w+\s*="
    )
    assert [f"{f.name}: {m[0]}" for f in files for m in newer.finditer(f.read_text(encoding="utf-8"))] == []


def test_no_template_has_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style\b|<script(?![^>]*\b(?:src|nonce|type=\"application/json\"))|\son[a-z]+=\"")
    ours = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    guilty = [f"{path.name}: {m[0]}" for path in ours for m in inline.finditer(path.read_text(encoding="utf-8"))]
    assert guilty == []


def test_bundle_names_every_source(tmp_path: Path) -> None:
    (tmp_path / "components").mkdir()
    for name in ("tokens.css", "base.css", "components/b.css", "components/a.css"):
        (tmp_path / name).write_text("")
    assert [file.name for file in sources(tmp_path)] == ["tokens.css", "base.css", "a.css", "b.css"]
