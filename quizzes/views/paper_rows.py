"""A paper's questions made ready for the template: eighty options and twenty steps would cost it eight milliseconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from quizzes.queries.attempts import ShownOption, ShownPaper, ShownQuestion


@dataclass(frozen=True, slots=True)
class Row:
    """One question. Numbers are words here: a template would look up how to write each of them."""

    stem: str
    number: str
    place: str
    before: str  # the number of the question before it, if there is one
    after: str
    seq: str
    many: bool
    had: bool  # several may be chosen, and some are
    hidden: bool
    options: SafeString
    step: SafeString


def rows_of(paper: ShownPaper, words: Mapping[str, str], *, here: int | None, all_at_once: bool) -> list[Row]:
    return [_row(question, words, here, all_at_once=all_at_once) for question in paper.questions]


def _row(question: ShownQuestion, words: Mapping[str, str], here: int | None, *, all_at_once: bool) -> Row:
    is_here = question.number == here
    return Row(
        stem=question.stem,
        number=str(question.number),
        place=str(question.place),
        before=str(question.place or ""),
        after=str(question.number + 1),
        seq=str(question.seq),
        many=question.many,
        had=question.many and question.answered,
        hidden=not is_here and (here is None or not all_at_once),
        options=SafeString("".join(_option(question, option, words["saved"]) for option in question.options)),
        step=_step(question, words, is_here=is_here, all_at_once=all_at_once),
    )


def _option(question: ShownQuestion, option: ShownOption, saved: str) -> str:
    on, checked, chip = (" on", " checked", f'<span class="chip info">{saved}</span>') if option.chosen else ("",) * 3
    return (
        f'<label class="answer{question.look}{on}"><input type="{question.input}" name="options"'
        f' value="{escape(option.id)}" autocomplete="off"{checked}><span class="key" aria-hidden="true">'
        f"{option.letter}</span><span>{escape(option.text)}</span>{chip}</label>\n"
    )


def _step(question: ShownQuestion, words: Mapping[str, str], *, is_here: bool, all_at_once: bool) -> SafeString:
    number = question.number
    state, look = (words["saved"], "done") if question.answered else (words["unanswered"], "")
    anchor, here, current = f"#q{number}" if all_at_once else "", "", ""
    if is_here:
        here, current = " here", ' aria-current="step"'
    return SafeString(
        f'<li><a href="?q={number}{anchor}" data-go="{number}" class="{look}{here}"{current}'
        f' aria-label="{words["question"]} {number}, {state}">{number}</a></li>'
    )
