"""Reading a document field by field, collecting every problem with its place instead of stopping at the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where ("rounds.1.closes_at"). `quizzes.forms.sentences` turns the code into a sentence."""

    where: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Reader:
    """One mapping of a document. Each method hands back a value that fits its type, also when it notes a problem."""

    document: Mapping[str, Any]
    problems: list[Problem]
    where: str = ""

    def note(self, name: str, code: str, **params: Any) -> None:
        self.problems.append(Problem(self.place(name), code, params))

    def place(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def only(self, names: Iterable[str]) -> None:
        for name in sorted(set(self.document) - set(names), key=str):
            self.note(str(name), "unknown")

    def integer(self, name: str, low: int, high: int) -> int:
        value = self.document.get(name)
        if value is None:
            self.note(name, "missing")
        elif isinstance(value, bool) or not isinstance(value, int):
            self.note(name, "not_whole")
        elif not low <= value <= high:
            self.note(name, "out_of_range", low=low, high=high)
        else:
            return value
        return low

    def maybe_integer(self, name: str, low: int, high: int) -> int | None:
        """None stands for "no limit"; the field must be there all the same."""
        if name in self.document and self.document[name] is None:
            return None
        return self.integer(name, low, high)

    def decimal(self, name: str, low: Decimal, high: Decimal) -> Decimal:
        """Decimals travel as text ("0.5"), so that no float rounds them."""
        value = self.document.get(name)
        if value is None:
            self.note(name, "missing")
            return low
        try:
            number = Decimal(value) if isinstance(value, str) and value.isascii() else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            self.note(name, "not_a_number")
        elif not low <= number <= high:
            self.note(name, "out_of_range", low=low, high=high)
        elif number != round(number, 2):
            self.note(name, "too_fine")
        else:
            return round(number, 2)
        return low

    def flag(self, name: str) -> bool:
        value = self.document.get(name)
        if not isinstance(value, bool):
            self.note(name, "missing" if value is None else "not_yes_or_no")
        return value is True

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.document.get(name)
        if value is None:
            self.note(name, "missing")
        elif value not in choices:
            self.note(name, "no_choice")
        else:
            return str(value)
        return choices[0]

    def choices(self, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """Some of `choices`, at least one, none twice, in the order given."""
        value = self._list(name)
        if not value:
            self.note(name, "empty")
        elif any(one not in choices for one in value):
            self.note(name, "no_choice")
        elif len(set(value)) < len(value):
            self.note(name, "doubled")
        else:
            return tuple(value)
        return choices[:1]

    def words(self, name: str, longest: int) -> tuple[str, ...]:
        value = self._list(name)
        if any(not isinstance(one, str) or not one.strip() or len(one) > longest for one in value):
            self.note(name, "not_text", longest=longest)
        elif len(set(value)) < len(value):
            self.note(name, "doubled")
        else:
            return tuple(value)
        return ()

    def text(self, name: str, longest: int, *, may_be_empty: bool = False) -> str:
        value = self.document.get(name)
        if not isinstance(value, str):
            self.note(name, "missing" if value is None else "not_text", longest=longest)
        elif not value.strip() and not may_be_empty:
            self.note(name, "missing")
        elif len(value) > longest:
            self.note(name, "not_text", longest=longest)
        else:
            return value
        return ""

    def moment(self, name: str) -> datetime | None:
        value = self.document.get(name)
        if value is None:
            self.note(name, "missing")
            return None
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.note(name, "not_a_moment")
            return None
        return moment

    def items(self, name: str, most: int) -> list["Reader"]:
        """The mappings of a list, each with its place; at least one, at most `most`."""
        value = self._list(name)
        if not value:
            self.note(name, "empty")
        elif len(value) > most:
            self.note(name, "too_many", most=most)
            return []
        readers = []
        for number, one in enumerate(value):
            if isinstance(one, Mapping):
                readers.append(Reader(one, self.problems, self.place(f"{name}.{number}")))
            else:
                self.note(f"{name}.{number}", "not_a_mapping")
        return readers

    def _list(self, name: str) -> list[Any]:
        value = self.document.get(name)
        if isinstance(value, list | tuple) and all(isinstance(one, str | Mapping) for one in value):
            return list(value)
        self.note(name, "missing" if value is None else "not_a_list")
        return []
