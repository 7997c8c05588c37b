"""The forms of a member's way in."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.people.actions.entry import TooManyCodes, unit_of_code
from lms.people.actions.secrets import check_secret
from lms.people.forms.fields import BirthYearField, NewPasswordField, NewPinField, PhoneField, SharedDeviceField
from lms.people.models import Member, UnitVersion
from lms.text.fold import squeeze


class EntryCodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your union's entry code"))
        kwargs.setdefault("help_text", _("It stands on the slip or in the Zalo message of your union's officer."))
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attrs), **kwargs)


class JoinForm(forms.Form):
    """Who are you? The link that an officer posts brings the union's code along."""

    phone = PhoneField()
    birth_year = BirthYearField()
    code = EntryCodeField()

    def __init__(self, *args: Any, today: date, address: str, unit: UnitVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.address = today, address
        self.unit = unit
        if unit:
            self.fields["code"].widget = forms.HiddenInput()
            self.initial["code"] = unit.unit.entry_code

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        try:
            self.unit = unit_of_code(code, self.address, self.today)
        except TooManyCodes:
            raise ValidationError(
                _("Too many wrong entry codes came from your network. Try again in an hour, or over mobile data."),
                code="too_many_codes",
            ) from None
        if self.unit is None:
            raise ValidationError(
                _("No union has this entry code. Please compare it with the slip, or ask your union's officer."),
                code="unknown_code",
            )
        return code


class AskForm(forms.Form):
    """What the officer needs to know to let somebody in. Phone, year and union are known by now."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def clean_full_name(self) -> str:
        name = squeeze(str(self.cleaned_data["full_name"]))
        if " " not in name or any(character.isdigit() for character in name):
            raise ValidationError(_("Please write your family name and given name, for example Nguyễn Thị Hoa."))
        return name


class NewSecretForm(forms.Form):
    """The own PIN, or a password for staff; typed once, because one sees it or can ask for a new code."""

    shared = SharedDeviceField()

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["secret"] = NewPasswordField() if member.is_staff else NewPinField()
        self.order_fields(["secret", "shared"])

    def clean_secret(self) -> str:
        secret = str(self.cleaned_data["secret"])
        check_secret(secret, self.member)
        return secret


class CodeForm(forms.Form):
    login = forms.CharField(
        label=_("Phone number, user name or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=_("Eight digits from your union's officer. The code works once, within 24 hours."),
    )
