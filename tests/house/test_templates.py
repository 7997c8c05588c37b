"""The strict Content-Security-Policy holds only if no template writes style or script into the page."""

import re

import pytest

from tests.house import source

FORBIDDEN = {
    "an inline style": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline handler": r"\son[a-z]+\s*=\s*[\"']",
    "a script without a file": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
    "something from elsewhere": r"(?:src|href)=\"(?:https?:)?//(?!\{)(?!www\.youtube-nocookie\.com)",
    "a javascript: address": r"javascript:",
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.S)


@pytest.mark.parametrize("template", source.templates(), ids=lambda file: file.name)
def test_a_template_leaves_style_and_behaviour_to_files(template: source.Source) -> None:
    text = COMMENT.sub("", "\n".join(template.lines))
    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]

    assert found == [], template.name
