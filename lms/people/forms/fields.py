"""Fields that know how people here write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.text.phones import normal_phone


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs=attrs)


class PhoneField(forms.CharField):
    """Takes 0912…, +84 912…, 84912… and numbers from before 2018; gives ten digits."""

    default_error_messages = {
        "not_a_mobile": _("This is no Vietnamese mobile number. Example: 0912 345 678."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Phone number"))
        kwargs.setdefault("widget", _text(type="tel", inputmode="tel", autocomplete="tel"))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        phone = normal_phone(typed)
        if phone is None:
            raise ValidationError(self.error_messages["not_a_mobile"], code="not_a_mobile")
        return phone


class BirthYearField(forms.IntegerField):
    """Four digits of a year in which a living worker can be born."""

    default_error_messages = dict.fromkeys(
        ("invalid", "min_value", "max_value"), _("Write the year of birth with four digits, for example 1985.")
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Year of birth"))
        kwargs.setdefault("widget", _text(inputmode="numeric", autocomplete="bday-year", maxlength=4))
        super().__init__(min_value=1920, max_value=2015, **kwargs)


class SecretField(forms.CharField):
    """A PIN or password that is typed to sign in; the browser's keeper of passwords may fill it in."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("PIN or password"))
        kwargs.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": "current-password"}))
        super().__init__(strip=False, max_length=200, **kwargs)


class _Wide(forms.BoundField):
    """Digits far apart."""

    def css_classes(self, extra_classes: Any = None) -> str:  # noqa: ARG002  # Django's signature
        return super().css_classes("pin")


class NewPinField(forms.CharField):
    """A PIN that is being chosen: shown while it is typed, so that it need not be typed twice."""

    bound_field_class = _Wide

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your own 6-digit PIN"))
        kwargs.setdefault("widget", _text(inputmode="numeric", autocomplete="off", maxlength=6, pattern="[0-9]{6}"))
        super().__init__(max_length=20, **kwargs)


class NewPasswordField(forms.CharField):
    """A password of staff that is being chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("New password"))
        kwargs.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": "new-password"}))
        super().__init__(strip=False, max_length=200, **kwargs)


class SharedDeviceField(forms.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Shared device"))
        kwargs.setdefault(
            "help_text", _("Tick on a device that others use: it signs you out after 30 minutes of rest.")
        )
        super().__init__(required=False, **kwargs)
