"""Our own files, for the tests that read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lms", "quizzes", "cms")


@dataclass(frozen=True)
class Source:
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def parts(self) -> frozenset[str]:
        """Folders and the module's own name: "quizzes/live/intake.py" -> quizzes, live, intake."""
        return frozenset([*self.path.relative_to(ROOT).parts[:-1], self.path.stem])

    @cached_property
    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def product() -> list[Source]:
    """Python of the product, without migrations."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [Source(path) for path in sorted(found) if "migrations" not in path.parts]


def tests() -> list[Source]:
    return [Source(path) for path in sorted((ROOT / "tests").rglob("*.py"))]


def files(suffix: str, *folders: str) -> list[Source]:
    """Files of one kind below `folders`, without what others wrote."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}"))
    return [Source(path) for path in sorted(found) if "vendor" not in path.parts]


def templates() -> list[Source]:
    return files(".html", "templates", *PACKAGES)


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called(node: ast.AST) -> str:
    """The dotted name of what is called: "timezone.now", ".filter" after a call; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{called(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return called(node.func)
    return ""
