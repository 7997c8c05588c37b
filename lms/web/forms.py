"""Every Django form in our own design, without a word in the form itself."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class FormRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class SampleForm(forms.Form):
    """One field of each kind, for the style guide."""

    phone = forms.CharField(label=_("Phone"), help_text=_("Ten digits, for example 0912 345 678."))
    unit = forms.ChoiceField(label=_("Union"), choices=[("1", "CĐCS May Bến Dừa"), ("2", "CĐCS Trường Lạc Hồng")])
    words = forms.CharField(label=_("What you want to say"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(
        label=_("How you take part"),
        choices=[("alone", _("For myself")), ("union", _("For my union"))],
        widget=forms.RadioSelect,
    )
    shared = forms.BooleanField(label=_("This device is shared"), required=False)
