"""What an organiser may change once a contest is published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.forms.contest import MOMENT_INPUT
from quizzes.forms.spoken import speak


class ExtendForm(forms.Form):
    closes_at = forms.DateTimeField(label=_("New closing time"), widget=MOMENT_INPUT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self)


class OutageForm(forms.Form):
    """By hand, where the clock was alive and the pages were not."""

    begins_at = forms.DateTimeField(label=_("The service was silent from"), widget=MOMENT_INPUT)
    ends_at = forms.DateTimeField(label=_("until"), widget=MOMENT_INPUT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self)
