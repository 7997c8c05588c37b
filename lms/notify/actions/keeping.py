"""What signing in keeps of a person: e-mail addresses and second factors."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

MODELS = ("account.EmailAddress", "mfa.Authenticator")


def personal_data(member_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"e-mail": address.email} for address in EmailAddress.objects.filter(user_id=member_id).order_by("pk")
    ]
    rows += [
        {"second factor": str(factor.get_type_display()), "since": factor.created_at}
        for factor in Authenticator.objects.filter(user_id=member_id).order_by("pk")
    ]
    return rows


def erase(member_id: int) -> None:
    EmailAddress.objects.filter(user_id=member_id).delete()
    Authenticator.objects.filter(user_id=member_id).delete()


def merge(_kept_id: int, dropped_id: int) -> None:
    """The kept account keeps its own keys; those of the dropped one open nothing any more."""
    erase(dropped_id)
