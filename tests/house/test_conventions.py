"""The rules of the house that a linter doesn't know (docs/testing.md). Each failure names file and line."""

import ast
import re

from tests.house import source
from tests.house.source import Source, called, functions

MAX_FILE, MAX_SCRIPT, MAX_FUNCTION = 300, 100, 40
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "update",
    "asave", "acreate", "abulk_create", "aget_or_create", "aupdate_or_create", "adelete", "aupdate",
}  # fmt: skip
CLOCKS = {"timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "date.today", "datetime.today"}
DOORS = {
    "urls", "wagtail_hooks", "management", "tasks", "receivers", "adapters", "middleware", "templatetags", "apps",
    "views", "consumers", "intake", "live", "tick", "demo", "context", "accounts",
}  # fmt: skip
REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+?|type: ignore\[[a-z, -]+\])\s*(  #|--)\s*\S")
EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore)")


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    everything = [*source.product(), *source.tests(), *source.templates(), *source.files(".css", "static")]
    long = [f"{file.name} ({len(file.lines)})" for file in everything if len(file.lines) > MAX_FILE]
    scripts = [
        f"{file.name} ({len(file.lines)})" for file in source.files(".js", "static") if len(file.lines) > MAX_SCRIPT
    ]

    assert not long + scripts, "\n".join(long + scripts)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{file.at(node)} {node.name} ({(node.end_lineno or 0) - node.lineno + 1})"
        for file in source.product()
        for node in functions(file)
        if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]

    assert not long, "\n".join(long)


def test_only_actions_write() -> None:
    """Models may carry their own `save`; managers may create what they manage."""
    found = [
        file.at(node)
        for file in source.product()
        if not file.parts & {"actions", "demo", "managers"}
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node, node.func)
    ]

    assert not found, "\n".join(found)


def _writes(call: ast.Call, function: ast.Attribute) -> bool:
    """Whether this is a call on rows: `x.objects.create`, `rows.filter(…).update`, `member.save`.

    Not `a_set.update(…)`, and not `picture.save(file)`: rows are saved with named arguments only.
    """
    if function.attr not in WRITES:
        return False
    receiver = called(function.value)
    if function.attr in ("save", "asave"):
        return not call.args and receiver not in ("super", "self", "form", "member")
    return bool(set(receiver.split(".")) & {"objects", "filter", "exclude", "all", "select_for_update"})


def test_only_doors_look_at_the_clock() -> None:
    found = [
        file.at(node)
        for file in source.product()
        if not file.parts & DOORS
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and called(node.func) in CLOCKS and not node.args
    ]

    assert not found, "\n".join(found)


def test_booleans_are_passed_by_name() -> None:
    """Except where a library calls us: the signature is theirs."""
    found = [
        f"{file.at(argument)} {argument.arg}"
        for file in source.product()
        if not file.parts & {"adapters", "accounts", "sqlite"}
        for node in functions(file)
        for argument in [*node.args.posonlyargs, *node.args.args]
        if isinstance(argument.annotation, ast.Name) and argument.annotation.id == "bool"
        if argument.arg not in ("commit", "for_update")  # forms of Django and Wagtail
    ]

    assert not found, "\n".join(found)


def test_every_exception_to_a_check_has_a_reason() -> None:
    """Types of tests aren't checked, so what they say to mypy needs none."""
    found = [
        f"{file.name}:{number}"
        for file in [*source.product(), *source.tests()]
        if file.path.name != "test_conventions.py"
        for number, line in enumerate(file.lines, start=1)
        if EXCUSE.search(line) and not REASON.search(line) and not ("tests" in file.parts and "# type:" in line)
    ]

    assert not found, "\n".join(found)


def test_no_module_is_a_drawer() -> None:
    drawers = {"common", "utils", "util", "helpers", "misc"}

    assert [file.name for file in source.product() if file.parts & drawers] == []


def test_the_tests_themselves_mock_nothing() -> None:
    found = [file.name for file in source.tests() if "mock" in _imported(file)]

    assert not found, "\n".join(found)


def _imported(file: Source) -> set[str]:
    """Every word of every import."""
    words: set[str] = set()
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
            words.update(word for name in names for word in name.split("."))
    return words
