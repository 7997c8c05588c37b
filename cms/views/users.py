"""Wagtail's user screens with our people: one full name, a phone, no e-mail needed, no password typed by others."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from lms.audit.actions import record
from lms.people.forms.fields import PhoneField
from lms.people.models import Member


class MemberForm(forms.ModelForm[Member]):
    """What an administrator writes. How the person signs in is hers: a one-time code, then an own password.

    No groups: they follow the posts of people (`cms.actions.roles`), and what is ticked by hand would not last.
    """

    phone = PhoneField(required=False)

    class Meta:
        model = Member
        fields = ("username", "full_name", "phone", "email", "birth_year", "is_active")
        help_texts: ClassVar[dict[str, Any]] = {
            "is_active": _("Take the tick away instead of deleting: results stay, signing in ends."),
            "username": _("Letters, digits and . - _ only, for example hanh.vt"),
        }

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self or self.instance.pk is None:
            del self.fields["is_active"]

    def save(self, *args: Any, **kwargs: Any) -> Member:
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(*args, **kwargs)


class PeopleIndex(IndexView):
    """Found by folded name, so that "lan" finds "Nguyễn Thị Lan"."""

    search_fields: ClassVar[set[str]] = {"username", "full_name", "search_text", "phone"}


class AddPerson(CreateView):
    def run_after_hook(self) -> Any:
        record(self.request.user, "member.create", self.object, now=timezone.now())
        return super().run_after_hook()


class EditPerson(EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied("only an administrator of the installation edits another")

    def run_after_hook(self) -> Any:
        details = {"fields": sorted(self.form.changed_data)}
        record(self.request.user, "member.edit", self.object, now=timezone.now(), details=details)
        return super().run_after_hook()


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndex
    add_view_class = AddPerson
    edit_view_class = EditPerson
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, *_: Any, **__: Any) -> type[MemberForm]:
        return MemberForm
