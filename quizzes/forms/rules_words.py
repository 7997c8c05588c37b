"""The thể lệ in words: each line of `quizzes.engine.rules_text` has its sentence here."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from lms.people.models import PersonClass
from lms.text.numbers import vn_moment, vn_number
from quizzes.engine.rules import Rules
from quizzes.engine.rules_text import Line, sections

_TITLES = {
    "entrants": pgettext_lazy("rules", "Who may enter"),
    "content": pgettext_lazy("rules", "Content"),
    "time": pgettext_lazy("rules", "Time"),
    "form": pgettext_lazy("rules", "How the contest goes"),
    "saving": pgettext_lazy("rules", "Saving and submitting"),
    "points": pgettext_lazy("rules", "Points"),
    "ranking": pgettext_lazy("rules", "Ranking of persons"),
    "units": pgettext_lazy("rules", "Ranking of unions"),
    "results": pgettext_lazy("rules", "Results"),
    "reports": pgettext_lazy("rules", "Incidents and complaints"),
    "privacy": pgettext_lazy("rules", "Personal data"),
}

_SENTENCES = {
    "eligible": gettext_lazy("Open to: %(classes)s of the unions in the province."),
    "one_account": gettext_lazy("Each person enters with one account of their own."),
    "organiser_excluded": gettext_lazy("Whoever organises the contest does not enter it."),
    "part_codes": gettext_lazy("%(count)s questions out of %(codes)s chosen by the organisers."),
    "part_topic": gettext_lazy("%(count)s questions on “%(topic)s”."),
    "part_any": gettext_lazy("%(count)s questions from the whole question bank."),
    "drawn_by_server": gettext_lazy("The system draws the questions of each attempt when it begins."),
    "round": gettext_lazy("%(title)s: from %(opens_at)s to %(closes_at)s."),
    "ends_with_round": gettext_lazy("Whoever starts shortly before a round closes has time only until it closes."),
    "paper": gettext_lazy("Each attempt has %(questions)s questions and lasts at most %(minutes)s minutes."),
    "attempts": gettext_lazy("Each person has at most %(count)s attempts in each round."),
    "attempts_free": gettext_lazy("The number of attempts in each round is not limited."),
    "layout_one": gettext_lazy("Questions appear one at a time; earlier ones can be opened and changed again."),
    "layout_all": gettext_lazy("All questions stand on one page."),
    "shuffled_questions_options": gettext_lazy("The order of questions and of options differs from paper to paper."),
    "shuffled_questions": gettext_lazy("The order of questions differs from paper to paper."),
    "shuffled_options": gettext_lazy("The order of options differs from paper to paper."),
    "shuffled_nothing": gettext_lazy("Questions and options stand in the same order for everybody."),
    "saved_at_once": gettext_lazy("Each answer is saved at once and can be changed until the attempt is submitted."),
    "server_clock": gettext_lazy(
        "Time is measured by the clock of the system. Because of the network, an answer still counts if it arrives "
        "within %(seconds)s seconds after time is up; later ones are kept but do not count."
    ),
    "closed_by_server": gettext_lazy(
        "When time is up the system submits the attempt with the answers that have arrived, counting the full time."
    ),
    "outage_given_back": gettext_lazy(
        "If the service fails, the organisers can give back the time in which it was silent: deadlines move by that "
        "much, papers that ran out meanwhile are open again while the round isn't closed, and the time taken doesn't "
        "count the outage."
    ),
    "points_right": gettext_lazy("Each right answer: %(points)s points."),
    "points_wrong": gettext_lazy("Each wrong answer takes off %(points)s points; no answer takes off nothing."),
    "no_penalty": gettext_lazy("Wrong answers take off no points."),
    "all_or_nothing": gettext_lazy("Where several options are right, all of them and no other must be chosen."),
    "best_possible": gettext_lazy("The highest possible score of an attempt is %(points)s points."),
    "counted_best": gettext_lazy("The best attempt of each round counts."),
    "counted_first": gettext_lazy("The first attempt of each round counts."),
    "counted_last": gettext_lazy("The last attempt of each round counts."),
    "by_score": gettext_lazy("Higher score first."),
    "by_duration": gettext_lazy("If equal, the shorter time."),
    "by_submitted_at": gettext_lazy("If equal, whoever submitted earlier."),
    "ties_share": gettext_lazy("Those who are equal in everything share a rank."),
    "rounds_added": gettext_lazy(
        "For the whole contest, each person's counted scores and times of all rounds are added."
    ),
    "units_by_participants": gettext_lazy("Unions rank by the number of people who submitted, each person once."),
    "units_by_share": gettext_lazy(
        "Unions rank by the share of their people who submitted, each person once, out of the people on their list."
    ),
    "units_by_average": gettext_lazy(
        "Unions rank by the average counted score of their people who submitted, each person once."
    ),
    "units_from_share": gettext_lazy("Only unions with at least %(people)s people are ranked by share."),
    "units_from_average": gettext_lazy("Only unions with at least %(people)s people are ranked by average."),
    "unit_of_start": gettext_lazy("An attempt counts for the union to which the person belonged on that day."),
    "score_at_submit": gettext_lazy("Each person sees the own score right after submitting."),
    "score_after_round": gettext_lazy("Scores are shown after the round has closed."),
    "review_after_round": gettext_lazy("Right answers and explanations are shown after the round has closed."),
    "review_after_last_round": gettext_lazy(
        "Right answers and explanations are shown after the last round has closed, because all rounds draw from "
        "the same questions."
    ),
    "review_never": gettext_lazy("Right answers are not published."),
    "provisional": gettext_lazy("Results are provisional until the organisers declare them official."),
    "report_incident": gettext_lazy(
        "Whoever meets a problem presses “Report to the organisers” on the result page of the attempt."
    ),
    "staff_traced": gettext_lazy("Everything the organisers change is recorded."),
    "names_masked": gettext_lazy("Boards show names partly hidden, with the union."),
    "names_full": gettext_lazy("Boards show full names, with the union."),
    "names_hidden": gettext_lazy("Boards show no names, only the union."),
    "no_contact_data": gettext_lazy("Phone numbers and dates of birth are never shown."),
}  # fmt: skip


@dataclass(frozen=True)
class WordedSection:
    title: str
    lines: tuple[str, ...]


def worded(rules: Rules) -> tuple[WordedSection, ...]:
    """The rules as titled lists of sentences in the reader's language."""
    return tuple(
        WordedSection(str(_TITLES[section.code]), tuple(sentence(line) for line in section.lines))
        for section in sections(rules)
    )


def sentence(line: Line) -> str:
    return str(_SENTENCES[line.code]) % {name: _word(value) for name, value in line.params.items()}


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return vn_moment(value)
    if isinstance(value, Decimal):
        return vn_number(value)
    if isinstance(value, tuple):
        return _list_words([str(PersonClass(one).label).lower() for one in value])
    return str(value)


def _list_words(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
