"""The six steps over the contest's form: what belongs to which step, and from form to rules and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseFormSet, BoundField, Form
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.engine.reading import Problem
from quizzes.engine.rules import Rules, RulesError, parse
from quizzes.forms.contest import MOST_ROWS, ContestForm, PartFormSet, RoundFormSet
from quizzes.forms.sentences import sentence_of

ROUNDS, PARTS = "rounds", "blueprint"
STEPS: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
    (_("What about"), _("What is the contest about?"), ("title", "summary")),
    (_("When"), _("When does it take place?"), (ROUNDS,)),
    (_("Paper"), _("Which questions?"), (PARTS,)),
    (_("Attempts"), _("How long, and how many attempts?"), ("minutes", "attempts_per_round", "counted")),
    (_("Order of ranks"), _("How are people and unions ranked?"), ("comparators", "unit_ranking", "unit_min_people")),
    (_("Entrants"), _("Who may enter, and what is shown?"), ("eligible", "names", "show_score", "review")),
)
ADVANCED = ("layout", "shuffle_questions", "shuffle_options", "points_right", "points_wrong", "grace_seconds")
LAST = len(STEPS)


@dataclass
class Wizard:
    form: ContestForm
    rounds: BaseFormSet[Any]
    parts: BaseFormSet[Any]
    topics: list[tuple[str, int]]
    rules: Rules | None = None
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def over(cls, rules: Rules, topics: list[tuple[str, int]], *, title: str = "", summary: str = "") -> "Wizard":
        """The form filled with `rules`, before anybody has pressed anything."""
        initial = {name: getattr(rules, name) for name in ContestForm.base_fields if hasattr(rules, name)}
        initial |= {
            "title": title,
            "summary": summary,
            "comparators": ",".join(rules.comparators),
            "eligible": list(rules.eligible),
            "points_wrong": abs(rules.points_wrong),
        }
        wizard = cls(ContestForm(initial=initial), *_formsets(_rows_of(rules), topics), topics)
        wizard.rules = rules
        return wizard

    @classmethod
    def posted(cls, data: Mapping[str, Any], topics: list[tuple[str, int]]) -> "Wizard":
        """The form as sent; `rules` is set if all of it fits together, else `problems` and the fields' errors are."""
        wizard = cls(ContestForm(data), *_formsets(data, topics), topics)
        wizard._check()
        return wizard

    @property
    def is_valid(self) -> bool:
        return self.rules is not None and self.form.is_valid()

    def rows(self, name: str) -> list[Any]:
        """Rows of rounds or parts that hold something."""
        formset = self.rounds if name == ROUNDS else self.parts
        return [row for row in formset.forms if row.has_changed()]

    def bad_steps(self) -> list[int]:
        """Steps with an error, counted from 1. What stands under "Nâng cao" is shown with the last."""
        return [number for number, (_n, _q, names) in enumerate(STEPS, start=1) if self._has_errors(number, names)]

    def _has_errors(self, number: int, names: tuple[str, ...]) -> bool:
        if ROUNDS in names:
            return any(row.errors for row in self.rounds.forms) or bool(self.rounds.non_form_errors())
        if PARTS in names:
            return any(row.errors for row in self.parts.forms) or bool(self.parts.non_form_errors())
        shown = (*names, *ADVANCED) if number == LAST else names
        return any(name in self.form.errors for name in shown)

    def fields_of(self, step: int) -> list[BoundField]:
        return [self.form[name] for name in STEPS[step - 1][2] if name in self.form.fields]

    def advanced(self) -> list[BoundField]:
        return [self.form[name] for name in ADVANCED]

    def hidden(self, step: int) -> Iterator[BoundField]:
        """Everything that this step doesn't show travels along unseen."""
        shown = {*STEPS[step - 1][2], *(ADVANCED if step == LAST else ())}
        yield from (bound for bound in self.form if bound.name not in shown)
        for name, formset in ((ROUNDS, self.rounds), (PARTS, self.parts)):
            if name not in shown:
                yield from (bound for row in formset.forms for bound in row)

    def _check(self) -> None:
        ready = self.form.is_valid() & self.rounds.is_valid() & self.parts.is_valid()
        for name, formset in ((ROUNDS, self.rounds), (PARTS, self.parts)):
            if not self.rows(name):
                row = formset.forms[0] if formset.forms else self.form
                row.add_error(None, sentence_of(Problem(name, "row_missing")))
                ready = False
        if not ready:
            return
        try:
            self.rules = parse(self._document())
        except RulesError as error:
            self.problems = error.problems
            self.place(error.problems)

    def _document(self) -> dict[str, Any]:
        return self.form.document() | {name: [row.document() for row in self.rows(name)] for name in (ROUNDS, PARTS)}

    def place(self, problems: list[Problem]) -> None:
        """Put each problem's sentence at its field."""
        for problem in problems:
            form, name = self._field_at(problem.where.split("."))
            form.add_error(name if name in form.fields else None, sentence_of(problem))

    def with_fewer(self, data: Mapping[str, Any], shortages: list[Problem]) -> dict[str, Any]:
        """The data sent, each part that lacks questions asking for as many as there are."""
        fewer = {}
        for problem in shortages:
            row, _name = self._field_at(problem.where.split("."))
            fewer[row.add_prefix("count")] = str(problem.params["have"])
        return _flat(data) | fewer

    def _field_at(self, where: list[str]) -> tuple[Form, str]:
        if where[0] not in (ROUNDS, PARTS):
            return self.form, where[0]
        rows = self.rows(where[0])
        number = int(where[1]) if len(where) > 1 else 0
        return rows[number], where[2] if len(where) > 2 else ""


def with_another_row(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The data sent, with one more empty row of rounds or parts."""
    total = f"{name}-TOTAL_FORMS"
    flat = _flat(data)
    number = {str(rows): rows for rows in range(MOST_ROWS + 1)}.get(str(flat.get(total, "")), 0)
    return flat | {total: str(min(number + 1, MOST_ROWS))}


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data.getlist(key) if key == "eligible" else data[key] for key in data}  # type: ignore[attr-defined]  # a QueryDict


def _formsets(data: Mapping[str, Any], topics: list[tuple[str, int]]) -> tuple[BaseFormSet[Any], BaseFormSet[Any]]:
    parts = PartFormSet(data, prefix=PARTS, form_kwargs={"topics": topics})
    return RoundFormSet(data, prefix=ROUNDS), parts


def _rows_of(rules: Rules) -> dict[str, str]:
    """Rounds and parts as form data, as if they had been typed."""
    data = {f"{ROUNDS}-TOTAL_FORMS": str(len(rules.rounds)), f"{ROUNDS}-INITIAL_FORMS": "0"}
    data |= {f"{PARTS}-TOTAL_FORMS": str(len(rules.blueprint)), f"{PARTS}-INITIAL_FORMS": "0"}
    for number, one in enumerate(rules.rounds):
        data[f"{ROUNDS}-{number}-title"] = one.title
        for name in ("opens_at", "closes_at"):
            data[f"{ROUNDS}-{number}-{name}"] = f"{timezone.localtime(getattr(one, name)):%H:%M %d/%m/%Y}"
    for number, part in enumerate(rules.blueprint):
        data[f"{PARTS}-{number}-topic"], data[f"{PARTS}-{number}-count"] = part.topic, str(part.count)
        data[f"{PARTS}-{number}-codes"] = " ".join(part.codes)
    return data
