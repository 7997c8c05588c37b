"""The interface is Vietnamese: every message is in the catalogue, translated, and really in Vietnamese."""

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from tests.house import source
from tests.house.source import ROOT, called

CATALOGUE = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
# Names and abbreviations that are the same in both languages.
SAME = {"Video", "Bến Học", "E-mail", "Email", "PIN", "Zalo", "YouTube", "PDF", "%(percent)s%%", "SMS", "URL"}
CALLS = {
    "_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1,
}  # fmt: skip


@cache
def entries() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def test_every_message_is_translated() -> None:
    missing = [entry.msgid for entry in entries() if not entry.translated() or "fuzzy" in entry.flags]

    assert not missing, "\n".join(missing)


def test_no_translation_is_its_english() -> None:
    same = [entry.msgid for entry in entries() if entry.msgstr == entry.msgid and entry.msgid not in SAME]

    assert not [msgid for msgid in same if re.search(r"[A-Za-z]{2}", re.sub(r"%\(\w+\)s", "", msgid))], "\n".join(same)


def test_placeholders_survive_translation() -> None:
    broken = [
        entry.msgid
        for entry in entries()
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and _placeholders(text) - _placeholders(entry.msgid + (entry.msgid_plural or ""))
    ]

    assert not broken, "\n".join(broken)


def test_every_message_of_code_and_templates_is_in_the_catalogue() -> None:
    known = {(entry.msgctxt or "", entry.msgid) for entry in entries()}
    missing = sorted({f"{at}: {msgid}" for at, context, msgid in _used() if (context, msgid) not in known})

    assert not missing, "\n".join(missing)


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        entry.msgid
        for entry in entries()
        if entry.translated() and not entry.msgctxt and not entry.msgid_plural
        if compiled.gettext(entry.msgid) != entry.msgstr
    ]

    assert not stale, "\n".join(stale)


@pytest.mark.parametrize(
    "overlay", sorted(ROOT.glob("locale/*/vi/LC_MESSAGES/django.po")), ids=lambda path: path.parts[-4]
)
def test_an_overlay_over_a_library_is_translated(overlay: Path) -> None:
    found = polib.pofile(str(overlay))
    untranslated = [entry.msgid for entry in found if not entry.translated()]
    same = [entry.msgid for entry in found if entry.msgstr == entry.msgid and entry.msgid not in SAME]

    assert untranslated == []
    assert not [msgid for msgid in same if re.search(r"[a-z]{3} [a-z]{2}", msgid)], "\n".join(same)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


def _used() -> Iterator[tuple[str, str, str]]:
    """Where, context and msgid of every message that code or templates mark."""
    for file in source.product():
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and (name := called(node.func).split(".")[-1]) in CALLS:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                at = CALLS[name]
                if len(texts) > at:
                    yield file.at(node), texts[0] if at else "", texts[at]
    for file in [*source.templates(), *source.files(".txt", "templates")]:
        yield from _of_template(file)


def _of_template(file: source.Source) -> Iterator[tuple[str, str, str]]:
    text = templatize("\n".join(file.lines), origin=file.name)
    for function, arguments in re.findall(r"\b(n?p?gettext|_)\((.*?)\)(?=\s|$)", text, re.S):
        literals = re.findall(r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", arguments)
        texts = [str(ast.literal_eval(literal)) for literal in literals]
        context = texts.pop(0) if "pgettext" in function and texts else ""
        if texts:
            yield file.name, context, texts[0]
