"""The form of "Báo Ban Tổ chức"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.actions.incidents import MAX_TEXT


class IncidentForm(forms.Form):
    text = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example: the network was gone from question 12 on; the telephone switched itself off."),
    )
    on_phone = forms.IntegerField(min_value=0, max_value=400, required=False, widget=forms.HiddenInput)

    def clean_on_phone(self) -> int:
        return self.cleaned_data["on_phone"] or 0
