"""What was asked for, with what is shown when nothing or nonsense was."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from lms.coverage.engine.figures import POPULATIONS
from lms.coverage.forms import AskForm
from lms.coverage.queries.choices import Choice, Choices, choices

_TILES = 3


@dataclass(frozen=True)
class Asked:
    form: AskForm
    choices: Choices
    choice: Choice | None  # None while there is nothing to count
    population: str
    day: date

    @property
    def address(self) -> str:
        """The same question for another page."""
        return self.address_of(self.choice.code if self.choice else "")

    def address_of(self, code: str) -> str:
        return urlencode(self._values(code))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """For forms that ask something more."""
        return list(self._values(self.choice.code if self.choice else "").items())

    def _values(self, code: str) -> dict[str, str]:
        return {"subject": code, "population": self.population, "as_of": self.day.isoformat()}

    @property
    def tiles(self) -> list[Choice]:
        """The chosen figure first, then the most important others."""
        listed = [*self.choices.computed, *self.choices.courses, *self.choices.contests]
        others = [choice for choice in listed if choice != self.choice]
        return [*([self.choice] if self.choice else []), *others][:_TILES]


def asked(request: HttpRequest, today: date) -> Asked:
    population = request.GET.get("population", "")
    listed = choices(population if population in POPULATIONS else "all")
    first = listed.first
    shown = {
        "subject": first.code if first else "",
        "population": "all",
        "as_of": min(listed.opens_on or today, today).isoformat(),
    }
    form = AskForm(request.GET, choices=listed, today=today, shown=shown)
    form.is_valid()
    found = {**shown, **{name: value for name, value in form.cleaned_data.items() if value}}
    day = found["as_of"] if isinstance(found["as_of"], date) else date.fromisoformat(found["as_of"])
    return Asked(form, listed, listed.pick(found["subject"]), found["population"], day)
