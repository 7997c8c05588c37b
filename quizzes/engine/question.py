"""What a question says, and whether it can be asked at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lms.text.fold import fold
from quizzes.engine.reading import Problem
from quizzes.engine.scoring import MULTIPLE, SINGLE, TRUE_FALSE

LETTERS = "abcdefgh"
KINDS = (SINGLE, MULTIPLE, TRUE_FALSE)
LONGEST_STEM, LONGEST_OPTION, LONGEST_EXPLANATION, LONGEST_SOURCE = 2000, 500, 4000, 300

_ABOUT_OTHERS = re.compile(
    r"^(tat ca|ca|khong co|khong|ca hai|ca ba|ca bon)\b.*\b(dap an|phuong an|lua chon|y|cau)\b.*\b(tren|nao|dung|sai)\b"
    r"|^(tat ca|ca hai|ca ba|ca bon) (deu )?(dung|sai)\b"
    r"|^(ca )?(hai|ba|bon) (dap an|phuong an|y|cau)\b"
)
_BY_LETTER = re.compile(r"^(ca|dap an|phuong an|chi|gom|y|cau)?\s*(?:[a-h]\s*(?:,|va|&|\+|hoac)\s*)+[a-h]\b")


@dataclass(frozen=True)
class Choice:
    id: str
    text: str
    pinned: bool = False


@dataclass(frozen=True)
class Content:
    kind: str
    stem: str
    options: tuple[Choice, ...]
    key: tuple[str, ...]
    explanation: str = ""
    source: str = ""


def lettered(texts: Iterable[str]) -> tuple[Choice, ...]:
    """Options a, b, c … with those pinned whose words depend on the others' places."""
    return pinned(tuple(Choice(LETTERS[place], text) for place, text in enumerate(texts)))


def pinned(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """ "Tất cả các đáp án trên" keeps its place. "Cả A và B" names some of the others by letter: then none may move."""
    if any(_names_some_letters(option.text, len(options)) for option in options):
        return tuple(replace(option, pinned=True) for option in options)
    return tuple(replace(option, pinned=option.pinned or speaks_of_others(option.text)) for option in options)


def speaks_of_others(text: str) -> bool:
    """Whether an option only makes sense after the others."""
    folded = fold(text).strip(" .")
    return bool(_ABOUT_OTHERS.search(folded) or _BY_LETTER.search(folded))


def _names_some_letters(text: str, count: int) -> bool:
    match = _BY_LETTER.search(fold(text).strip(" ."))
    if not match:
        return False
    named = set(re.findall(r"\b[a-h]\b", match.group()))
    return len(named) < count - 1


def faults(content: Content) -> list[Problem]:
    """Everything that keeps this from being a question, each with the field it stands at."""
    found = [*_stem_faults(content), *_option_faults(content.options), *_key_faults(content)]
    for name, longest in (("explanation", LONGEST_EXPLANATION), ("source", LONGEST_SOURCE)):
        if len(getattr(content, name)) > longest:
            found.append(Problem(name, "too_long", {"longest": longest}))
    return found


def _stem_faults(content: Content) -> list[Problem]:
    if not content.stem.strip():
        return [Problem("stem", "question_empty")]
    if len(content.stem) > LONGEST_STEM:
        return [Problem("stem", "too_long", {"longest": LONGEST_STEM})]
    return []


def _option_faults(options: tuple[Choice, ...]) -> list[Problem]:
    if not 2 <= len(options) <= len(LETTERS):
        return [Problem("options", "options_count", {"most": len(LETTERS)})]
    if any(not option.text.strip() for option in options):
        return [Problem("options", "option_empty")]
    if any(len(option.text) > LONGEST_OPTION for option in options):
        return [Problem("options", "too_long", {"longest": LONGEST_OPTION})]
    texts = [" ".join(option.text.casefold().split()) for option in options]
    if len(set(texts)) < len(texts):
        return [Problem("options", "options_equal")]
    return []


def _key_faults(content: Content) -> list[Problem]:
    if content.kind not in KINDS:
        return [Problem("kind", "no_choice")]
    if content.kind == TRUE_FALSE and len(content.options) != 2:
        return [Problem("options", "true_false_two")]
    known = {option.id for option in content.options}
    if not content.key or not set(content.key) <= known or len(set(content.key)) < len(content.key):
        return [Problem("key", "key_missing")]
    if content.kind != MULTIPLE and len(content.key) != 1:
        return [Problem("key", "key_one")]
    return []
