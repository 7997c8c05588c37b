"""Who may open Wagtail's user screens: province administrators by their post, not by a group."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from wagtail.permission_policies import ModelPermissionPolicy

from lms.people.models import Member
from lms.people.queries.scopes import scope_of

_OFFICE = frozenset({"add", "change", "view"})  # people are closed, never deleted: their results stay


class PeoplePolicy(ModelPermissionPolicy):
    def user_has_permission(self, user: Any, action: str) -> bool:
        if not isinstance(user, Member) or not user.is_active:
            return False
        return user.is_superuser or (action in _OFFICE and scope_of(user, timezone.localdate()).is_province_admin)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Member) -> bool:
        return self.user_has_permission(user, action) and (user.is_superuser or not instance.is_superuser)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Member) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)
