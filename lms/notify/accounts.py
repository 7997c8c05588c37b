"""allauth's way to our people: phones, sentences, limits. It sends, therefore it lives above `people`."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.notify.sms import sender
from lms.people.actions.profile import set_phone
from lms.people.actions.secrets import check_secret
from lms.people.actions.sign_in import no_try_left_until
from lms.people.forms.fields import PhoneField
from lms.people.models import Member
from lms.people.queries.sign_in import candidates
from lms.people.views.sessions import SHARED, keep_for
from lms.web.limits import Limit, address_of

_WRONG = _("The phone number or the PIN is not right. The first time here? Choose “First time here” below.")
_FLOOD = Limit("sign-in", most=300, seconds=600)  # wrong tries of one address; a factory's typing errors stay below


def display_name(member: Member) -> str:
    return member.full_name


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "phone_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "incorrect_password": _("This is not your PIN or password."),
        "enter_current_password": _("This is not your present PIN or password."),
        "too_many_login_attempts": _(
            "Too many wrong tries. Please wait 15 minutes, or ask your union's officer for a one-time code."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    # --- who somebody is

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002  # allauth's
        """Tries are counted per row of the roster, in the database. Only an address that floods is stopped here."""
        if _FLOOD.used_up(address_of(request)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _FLOOD.count(address_of(request))
        typed = credentials.get("username") or credentials.get("phone") or credentials.get("email") or ""
        if no_try_left_until(str(typed), now=timezone.now()):
            raise self.validation_error("too_many_login_attempts")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """However somebody came in, by a passkey too. A shared device may have been named before the second factor."""
        super().login(request, user)
        assert isinstance(user, Member)
        keep_for(request.session, user, shared=SHARED in request.session)

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        check_secret(password, user)
        return password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # allauth's
        return reverse("people:profile")

    # --- phones: a number may be a whole family's, so it names one person only when it is one person's

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def clean_phone(self, phone: str) -> str:
        return str(PhoneField(required=False).clean(phone))

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        assert isinstance(user, Member)
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        assert isinstance(user, Member)
        set_phone(user, self.clean_phone(phone), verified=verified)

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> Member | None:
        people = candidates(phone)
        return people[0] if len(people) == 1 else None

    def send_verification_code_sms(
        self,
        user: AbstractBaseUser,  # noqa: ARG002  # allauth's signature
        phone: str,
        code: str,
        **kwargs: Any,  # noqa: ARG002  # allauth's signature
    ) -> None:
        text = gettext("Bến Học: your code is %(code)s. Give it to nobody.") % {"code": code}
        sender().send(phone, text)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        message = self.error_messages[code]
        return ValidationError(message % args if args else message, code=code)
