"""Problems that the engines name by code, as sentences for the person who has to mend them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.imports.forms import UNREADABLE
from lms.text.numbers import vn_moment, vn_number
from quizzes.engine.reading import Problem

_SENTENCES = {
    # rules of a contest
    "missing": gettext_lazy("Please fill this in."),
    "not_whole": gettext_lazy("Please enter a whole number."),
    "not_a_number": gettext_lazy("Please enter a number, for example 0,5."),
    "too_fine": gettext_lazy("Please use at most two decimals."),
    "out_of_range": gettext_lazy("Please enter a number from %(low)s to %(high)s."),
    "no_choice": gettext_lazy("Please choose one of the values offered."),
    "not_yes_or_no": gettext_lazy("Please choose yes or no."),
    "empty": gettext_lazy("Please choose at least one."),
    "doubled": gettext_lazy("One value stands here twice; please remove one."),
    "not_text": gettext_lazy("Please enter a text of at most %(longest)s characters."),
    "row_missing": gettext_lazy("At least one row must be filled in."),
    "not_a_moment": gettext_lazy("Please enter a day and time, for example 07:00 12/05/2025."),
    "not_a_list": gettext_lazy("This part of the rules is damaged; please choose again."),
    "not_a_mapping": gettext_lazy("This part of the rules is damaged; please choose again."),
    "unknown": gettext_lazy("The rules contain something unknown here; please choose again."),
    "too_many": gettext_lazy("At most %(most)s are possible."),
    "closes_before_it_opens": gettext_lazy("The round closes before it opens; please choose a later closing time."),
    "rounds_overlap": gettext_lazy("This round opens before “%(before)s” has closed; please choose a later time."),
    "round_shorter_than_paper": gettext_lazy(
        "The round is shorter than one attempt of %(minutes)s minutes; please close it later or allow fewer minutes."
    ),
    "fewer_codes_than_questions": gettext_lazy(
        "Only %(codes)s questions are chosen here; please ask for no more than that."
    ),
    "too_many_questions": gettext_lazy("A paper can have at most %(most)s questions."),
    "score_first": gettext_lazy("The score must come first in the ranking."),
    "penalty_above_points": gettext_lazy("A wrong answer can't cost more than a right one brings."),
    "pool_too_small": gettext_lazy(
        "The question bank has only %(have)s approved questions for this part, but %(want)s are needed. "
        "Approve more questions or ask for fewer."
    ),
    "all_rounds_over": gettext_lazy("All rounds are over already; please choose later days."),
    "round_over": gettext_lazy("This round has closed already, so its time can't be changed any more."),
    "only_later": gettext_lazy("A published round can only close later than %(closes_at)s."),
    "reaches_next_round": gettext_lazy("The round must close before the next one opens."),
    # a question
    "question_empty": gettext_lazy("Please write the question."),
    "too_long": gettext_lazy("This text is too long: at most %(longest)s characters."),
    "options_count": gettext_lazy("A question needs 2 to %(most)s options."),
    "option_empty": gettext_lazy("An option is empty; please fill it in or remove it."),
    "options_equal": gettext_lazy("Two options say the same; please change one."),
    "true_false_two": gettext_lazy("A true-or-false question has exactly two options."),
    "key_missing": gettext_lazy("Please mark the right option."),
    "key_one": gettext_lazy("Exactly one option can be right; for several choose the kind “Several right answers”."),
    "code_letters": gettext_lazy("A code has only letters, digits, dots, dashes and underscores, and no blanks."),
    "code_taken": gettext_lazy("This code is taken; please choose another."),
    # a file of questions
    "file_too_big": gettext_lazy("The file is larger than %(most)s MB; please split it."),
    "not_json": gettext_lazy(
        "The file is no valid JSON: the mistake is at line %(line)s, column %(column)s. Mend it there and try again."
    ),
    "not_a_list_of_questions": gettext_lazy("The file must be a list of questions: [ {…}, {…} ]."),
    "question_not_a_mapping": gettext_lazy("This isn't a question; it must look like {\"id\": …, \"stem\": …}."),
    "key_of_file_missing": gettext_lazy("“%(name)s” is missing."),
    "not_text_in_file": gettext_lazy("“%(name)s” must be a text in quotation marks."),
    "too_long_in_file": gettext_lazy("“%(name)s” is too long: at most %(longest)s characters."),
    "code_unfit": gettext_lazy("“id” must have 1 to %(longest)s characters."),
    "code_doubled": gettext_lazy("The same “id” stands at question %(first)s already."),
    "verify_unfit": gettext_lazy("“verify” must be true or false."),
    "options_unfit": gettext_lazy("“options” must be a list of texts."),
    "answer_unfit": gettext_lazy("“answer” must be a number from 0 to %(last)s, or a list of such numbers."),
    "answer_out_of_range": gettext_lazy("“answer” points to no option; it must be from 0 to %(last)s."),
}  # fmt: skip


def sentence_of(problem: Problem) -> str:
    if problem.code == "unreadable":
        return str(UNREADABLE[problem.params["reason"]])
    return str(_SENTENCES[problem.code]) % {name: _word(value) for name, value in problem.params.items()}


def file_sentences(problems: Iterable[Problem]) -> list[str]:
    """What is wrong with a file of questions, each line with its place."""
    lines = []
    for problem in problems:
        sentence = sentence_of(problem)
        if problem.where:
            sentence = _("Question %(place)s: %(sentence)s") % {"place": problem.where, "sentence": sentence}
        lines.append(sentence)
    return lines


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return vn_moment(value)
    return vn_number(value) if isinstance(value, Decimal | int) else str(value)
