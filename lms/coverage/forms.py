"""What the dashboard is asked for in its address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.coverage.queries.choices import POPULATION_CHOICES, Choices


class AskForm(forms.Form):
    """Every field may be empty; a wrong one is named and left aside."""

    subject = forms.ChoiceField(label=gettext_lazy("Indicator, course or contest"))
    population = forms.ChoiceField(label=gettext_lazy("Who should be trained"), choices=POPULATION_CHOICES)
    as_of = forms.DateField(
        label=gettext_lazy("As of the day"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("This is no day. Write it as day/month/year.")},
    )

    def __init__(self, data: Any, *, choices: Choices, today: date, shown: dict[str, Any]) -> None:
        super().__init__({**shown, **{name: value for name, value in data.items() if value}})
        self.today = today
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()
        subject = self.fields["subject"]
        assert isinstance(subject, forms.ChoiceField)
        subject.choices = [
            (title, [(choice.code, f"{choice.code} · {choice.title}" if choice.indicator else choice.title)
                     for choice in group])
            for title, group in self._groups(choices) if group
        ]  # fmt: skip
        subject.error_messages["invalid_choice"] = _("This indicator or course isn't there any more. Choose another.")

    @staticmethod
    def _groups(choices: Choices) -> list[tuple[str, list[Any]]]:
        return [
            (_("Indicators"), choices.computed),
            (_("Courses"), choices.courses),
            (_("Contests"), choices.contests),
        ]

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day hasn't come yet. Choose today or an earlier day."))
        return day
