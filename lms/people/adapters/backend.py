"""Signing in by user name, phone or e-mail with a password or PIN."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from lms.people.actions.sign_in import who_is
from lms.people.models import Member


class MemberBackend(ModelBackend):
    """Permissions as in Django; who somebody is, by limited tries of the roster row."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002  # Django's signature
        username: str | None = None,
        password: str | None = None,
        **others: Any,
    ) -> Member | None:
        """allauth hands in what was typed as `username`, and as `phone` or `email` when it looks like one."""
        typed = username or others.get("phone") or others.get("email")
        if not typed or not password:
            return None
        return who_is(str(typed), password, now=timezone.now())
