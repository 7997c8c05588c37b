"""What a page sends to the answer doors, and what it hears: read strictly, whatever bytes come."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quizzes.actions.answers import MAX_SEQ, Given
from quizzes.live.intake import Receipt
from quizzes.live.ticket import milliseconds

MOST_ANSWERS = 400  # in one message; papers have at most 200 questions
MOST_OPTIONS = 50


class Malformed(ValueError):
    """Not a message of ours. `number` is its number where that could be read."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__("not a message of ours")
        self.number = number


@dataclass(frozen=True)
class Ping:
    pass


@dataclass(frozen=True)
class Answers:
    """Message `number` of a socket: the page finds the reply by it."""

    number: int
    given: list[Given]


def read_message(text: str) -> Ping | Answers:
    """One message of an attempt socket."""
    document = read_json(text)
    match document.get("t"):
        case "ping":
            return Ping()
        case "answers":
            number = document.get("n")
            if type(number) is not int or not 0 <= number <= MAX_SEQ:
                raise Malformed
            return Answers(number, given_of(document, number))
    raise Malformed


def read_json(text: str | bytes) -> dict[str, Any]:
    """An object, or Malformed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):  # the second: brackets in brackets
        raise Malformed from None
    if not isinstance(document, dict):
        raise Malformed
    return document


def given_of(document: dict[str, Any], number: int | None = None) -> list[Given]:
    """The answers of a message; all of them well-formed, or Malformed."""
    answers = document.get("answers")
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise Malformed(number)
    return [_given(one, number) for one in answers]


def _given(one: Any, number: int | None) -> Given:
    if not isinstance(one, dict):
        raise Malformed(number)
    place, seq, options = one.get("place"), one.get("seq"), one.get("options")
    if type(place) is not int or type(seq) is not int or not isinstance(options, list) or len(options) > MOST_OPTIONS:
        raise Malformed(number)
    if any(type(option) is not str for option in options):
        raise Malformed(number)
    return Given(place, tuple(options), seq)


def receipt_of(receipt: Receipt) -> dict[str, Any]:
    """What both doors reply after the commit. Nothing in it depends on right and wrong."""
    saved = receipt.saved
    return {
        "now": milliseconds(receipt.now),
        "kept": _numbers(saved.kept),
        "late": _numbers(saved.late),
        "newer": [[one.place, one.seq, one.options] for one in saved.newer],
        "submitted": saved.submitted,
    }


def _numbers(answers: Iterable[Given]) -> list[list[int]]:
    return [[one.place, one.seq] for one in answers]
