"""Choosing a PIN or password. Refusals are sentences for the person who chooses."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.people.actions.sign_in import PURPOSE, shared_with_family
from lms.people.actions.tries import forget, key_of
from lms.people.engine.pin import Weakness, weakness
from lms.people.models import Member
from lms.text.fold import fold

STAFF_LENGTH = 10
SENTENCES = {
    Weakness.FORM: _("A PIN is exactly six digits."),
    Weakness.SAME: _("Digits that repeat are guessed first. Please choose other digits."),
    Weakness.ROW: _("Digits in a row are guessed first. Please choose other digits."),
    Weakness.BIRTH: _("Colleagues know the year of birth. Please choose other digits."),
    Weakness.PHONE: _("Your phone number is known. Please choose other digits."),
    Weakness.COMMON: _("Many people use this PIN. Please choose other digits."),
}


def check_secret(secret: str, member: AbstractBaseUser | None) -> None:
    """Raise ValidationError unless `member` may choose `secret`: six good digits, or a long password for staff."""
    if not isinstance(member, Member) or member.is_staff:
        _check_password(secret, member)
        return
    weak = weakness(secret, birth_year=member.birth_year, phone=member.phone)
    if weak:
        raise ValidationError(SENTENCES[weak], code=weak)
    if shared_with_family(member, secret):
        raise ValidationError(SENTENCES[Weakness.COMMON], code=Weakness.COMMON)


def _check_password(secret: str, member: AbstractBaseUser | None) -> None:
    if len(secret) < STAFF_LENGTH:
        message = _("A password for staff has at least %(length)d characters; several words are easy to keep in mind.")
        raise ValidationError(message, code="short", params={"length": STAFF_LENGTH})
    if secret.isdigit():
        raise ValidationError(_("A password needs letters too, not only digits."), code="digits")
    name = fold(member.get_full_name()).replace(" ", "") if isinstance(member, Member) else ""
    if name and name in fold(secret).replace(" ", ""):
        raise ValidationError(_("Your name is known. Please choose other words."), code="name")
    try:
        CommonPasswordValidator().validate(secret)
    except ValidationError:
        raise ValidationError(_("Many people use this password. Please choose another."), code="common") from None


def choose_secret(member: Member, secret: str, *, now: datetime) -> None:
    """Store a PIN or password that passed `check_secret`; all tries begin anew, other devices are signed out."""
    with transaction.atomic():
        member.set_password(secret)
        member.joined_at = member.joined_at or now
        member.save(update_fields=["password", "joined_at"])
        forget(key_of(PURPOSE, member.pk))
