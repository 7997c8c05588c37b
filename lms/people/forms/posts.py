"""Who holds which post where, from when."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.people.models import Function, UnitVersion


class AppointForm(forms.Form):
    function = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("Union looked after"))
    since = forms.DateField(
        label=_("From the day"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no day. Write it as day/month/year.")},
    )

    def __init__(
        self, *args: Any, functions: list[Function], places: list[UnitVersion], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        post, unit, since = self.fields["function"], self.fields["unit"], self.fields["since"]
        assert isinstance(post, forms.ChoiceField)
        assert isinstance(unit, forms.ChoiceField)
        post.choices = [(function.value, function.label) for function in functions]
        unit.choices = [(str(place.unit_id), place.name) for place in places]
        since.widget.attrs["max"] = today.isoformat()
        self.initial = {**self.initial, "function": functions[0].value, "since": today}
        if len(functions) > 1:
            unit.help_text = _("Counts for unit officers; the other posts hold in the whole province.")

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if day > self.today:
            raise ValidationError(_("This day hasn't come yet. Appoint the person on that day."), code="future")
        return day
