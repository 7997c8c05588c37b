"""Signing in by user name, phone or e-mail with a password or PIN."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from lms.people.actions.sign_in import who_is
from lms.people.models import Member

_MAY_ENTER = Permission.objects.filter(
    group__user=OuterRef("pk"), codename="access_admin", content_type__app_label="wagtailadmin"
)


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

    def get_user(self, user_id: int) -> Member | None:
        """The person of each request, with what the navigation asks of her, in one query."""
        members = Member.objects.filter(pk=user_id, is_active=True)
        return members.annotate(in_author_group=Exists(_MAY_ENTER)).first()
