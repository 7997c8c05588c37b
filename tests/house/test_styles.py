"""Style sheets and scripts that Chromium 87 understands (Zalo's in-app browser on old phones)."""

import re

import pytest

from tests.house import source

NEWER_CSS = {
    "@layer": r"@layer\b", "@container": r"@container\b", "@scope": r"@scope\b", "light-dark()": r"light-dark\(",
    ":has()": r":has\(", ":is()": r":is\(", ":where()": r":where\(", "a list in :not()": r":not\([^()]*,",
    "color-mix()": r"color-mix\(", "oklch()": r"\bok(?:lch|lab)\(", "a range in @media": r"@media[^{]*[<>]",
    "the scale property": r"[;{\s]scale\s*:", "the rotate property": r"[;{\s]rotate\s*:",
    "the translate property": r"[;{\s]translate\s*:",
}  # fmt: skip
NEWER_SCRIPT = {
    "at()": r"\.at\(", "Object.hasOwn": r"Object\.hasOwn\b", "structuredClone": r"\bstructuredClone\(",
    "findLast": r"\.findLast", "randomUUID": r"randomUUID\(", "AbortSignal.timeout": r"AbortSignal\.timeout",
    "a static block": r"static\s*\{", "a top-level await": r"^await\b|^const [^=]+= await\b",
    "toSorted": r"\.to(?:Sorted|Reversed|Spliced)\(", "Object.groupBy": r"\.groupBy\(",
}  # fmt: skip


@pytest.mark.parametrize("sheet", source.files(".css", "static"), ids=lambda file: file.name)
def test_a_style_sheet_is_plain_enough(sheet: source.Source) -> None:
    text = re.sub(r"/\*.*?\*/", "", "\n".join(sheet.lines), flags=re.S)
    found = [what for what, pattern in NEWER_CSS.items() if re.search(pattern, text)]

    assert found + nested_rules(text) == []


@pytest.mark.parametrize("script", source.files(".js", "static"), ids=lambda file: file.name)
def test_a_script_is_plain_enough(script: source.Source) -> None:
    found = [what for what, pattern in NEWER_SCRIPT.items() if re.search(pattern, "\n".join(script.lines), re.M)]

    assert found == []


def nested_rules(text: str) -> list[str]:
    """Selectors of rules that stand inside another style rule; at-rules may hold rules."""
    found, open_blocks = [], []
    for before, brace in re.findall(r"([^{};]*)([{};])", text):
        if brace == "{":
            selector = before.strip()
            if open_blocks and not open_blocks[-1].startswith("@"):
                found.append(selector)
            open_blocks.append(selector)
        elif brace == "}":
            open_blocks.pop()
    return found


def test_a_nested_rule_is_seen() -> None:
    assert nested_rules("@media print { a { b: c; } } d { e: f; g { h: i } }") == ["g"]
