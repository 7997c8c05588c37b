"""Reading a file of questions (JSON) into entries for the bank; every fault is named with its place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.imports.engine.encodings import UnreadableError, decode
from lms.text.fold import squeeze
from quizzes.engine.question import LETTERS, Content, faults, lettered
from quizzes.engine.reading import Problem
from quizzes.engine.scoring import MULTIPLE, SINGLE

LONGEST_FILE = 20_000_000
LONGEST_CODE, LONGEST_TOPIC = 40, 200


@dataclass(frozen=True)
class Entry:
    code: str
    topic: str
    verify: bool
    content: Content


class BankFileError(ValueError):
    """Nothing of the file can be taken. Places are "" (the file) or "3 (Q03)" (its third question)."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.code}" for problem in problems))
        self.problems = problems


def read(raw: bytes) -> tuple[Entry, ...]:
    """The questions of a file, in its order. BankFileError with all problems if there is any."""
    rows = _rows(raw)
    problems: list[Problem] = []
    entries = [_entry(number, row, problems) for number, row in enumerate(rows, start=1)]
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        if entry and entry.code in seen:
            problems.append(Problem(f"{number} ({entry.code})", "code_doubled", {"first": seen[entry.code]}))
        elif entry:
            seen[entry.code] = number
    if problems:
        raise BankFileError(problems)
    return tuple(entry for entry in entries if entry)


def _rows(raw: bytes) -> list[Any]:
    if len(raw) > LONGEST_FILE:
        raise BankFileError([Problem("", "file_too_big", {"most": LONGEST_FILE // 1_000_000})])
    try:
        rows = json.loads(_text(raw))
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise BankFileError([Problem("", "not_json", place)]) from None
    except RecursionError:
        raise BankFileError([Problem("", "not_a_list_of_questions")]) from None
    if not isinstance(rows, list) or not rows:
        raise BankFileError([Problem("", "not_a_list_of_questions")])
    return rows


def _text(raw: bytes) -> str:
    try:
        return decode(raw)
    except UnreadableError as error:
        raise BankFileError([Problem("", "unreadable", {"reason": error.reason})]) from None


def _entry(number: int, row: Any, problems: list[Problem]) -> Entry | None:
    if not isinstance(row, Mapping):
        problems.append(Problem(str(number), "question_not_a_mapping"))
        return None
    code = squeeze(row["id"]) if isinstance(row.get("id"), str) else ""
    place = f"{number} ({code})" if code else str(number)
    found = [Problem(place, code_, params) for code_, params in _shape_faults(row, code)]
    if found:
        problems += found
        return None
    content = _content(row)
    wrong = faults(content)
    problems += [Problem(place, problem.code, problem.params) for problem in wrong]
    return None if wrong else Entry(code, squeeze(row.get("topic", "")), row.get("verify") is True, content)


def _shape_faults(row: Mapping[str, Any], code: str) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    missing = [name for name in ("id", "stem", "options", "answer") if row.get(name) is None]
    found += [("key_of_file_missing", {"name": name}) for name in missing]
    if "id" not in missing and not 0 < len(code) <= LONGEST_CODE:
        found.append(("code_unfit", {"longest": LONGEST_CODE}))
    texts = [name for name in ("stem", "topic", "explanation", "source") if not isinstance(row.get(name, ""), str)]
    found += [("not_text_in_file", {"name": name}) for name in texts]
    if isinstance(row.get("topic"), str) and len(row["topic"]) > LONGEST_TOPIC:
        found.append(("too_long_in_file", {"name": "topic", "longest": LONGEST_TOPIC}))
    if not isinstance(row.get("verify", False), bool):
        found.append(("verify_unfit", {}))
    options = row.get("options")
    if options is not None and not (isinstance(options, list) and all(isinstance(one, str) for one in options)):
        found.append(("options_unfit", {}))
    elif isinstance(options, list) and len(options) > len(LETTERS):
        found.append(("options_count", {"most": len(LETTERS)}))
    elif isinstance(options, list) and "answer" not in missing:
        found += _answer_faults(row["answer"], len(options))
    return found


def _answer_faults(answer: Any, count: int) -> list[tuple[str, dict[str, Any]]]:
    places = answer if isinstance(answer, list) else [answer]
    if not places or any(isinstance(one, bool) or not isinstance(one, int) for one in places):
        return [("answer_unfit", {"last": count - 1})]
    if any(not 0 <= one < count for one in places):
        return [("answer_out_of_range", {"last": count - 1})]
    return []


def _content(row: Mapping[str, Any]) -> Content:
    several = isinstance(row["answer"], list) and len(row["answer"]) > 1
    places = row["answer"] if isinstance(row["answer"], list) else [row["answer"]]
    return Content(
        kind=MULTIPLE if several else SINGLE,
        stem=squeeze(row["stem"]),
        options=lettered(squeeze(option) for option in row["options"]),
        key=tuple(LETTERS[place] for place in places),
        explanation=squeeze(row.get("explanation", "")),
        source=squeeze(row.get("source", "")),
    )
