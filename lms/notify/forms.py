"""allauth's forms with our words, our fields and one field less: nobody types a new secret twice."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm, UserForm
from allauth.account.internal.flows.password_change import change_password
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lms.people.forms.fields import NewPasswordField, NewPinField, SecretField, SharedDeviceField
from lms.people.models import Member
from lms.people.views.sessions import keep_for


class SignInForm(LoginForm):
    password = SecretField()
    shared = SharedDeviceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=_("Phone number, user name or e-mail"), max_length=254, widget=forms.TextInput(attrs=attrs)
        )
        self.order_fields(["login", "password", "shared"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response = super().login(request, redirect_url)
        keep_for(request.session, self.user, shared=self.cleaned_data["shared"])
        return response  # type: ignore[no-any-return]  # allauth has no types


class IsItYouForm(ReauthenticateForm):
    password = SecretField()


class SetSecretForm(UserForm):
    """A new PIN for members, a new password for staff."""

    user: Member

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = self.user is not None and self.user.is_staff
        self.fields["password1"] = NewPasswordField() if staff else NewPinField()

    def clean_password1(self) -> str:
        return str(get_adapter().clean_password(self.cleaned_data["password1"], user=self.user))

    def save(self) -> None:
        change_password(self.user, self.cleaned_data["password1"])


class ChangeSecretForm(SetSecretForm):
    oldpassword = SecretField(label=_("Present PIN or password"))

    def clean_oldpassword(self) -> str:
        typed = str(self.cleaned_data["oldpassword"])
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class ResetSecretForm(SetSecretForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.temp_key = kwargs.pop("temp_key", None)
        super().__init__(*args, **kwargs)


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")


class EditKeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")
