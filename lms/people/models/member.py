"""A person in the roster. Least data: no ID numbers, no ethnicity or religion, no e-mail needed."""

from typing import ClassVar

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.engine.pin import is_pin
from lms.text.fold import fold, squeeze
from lms.text.sorting import name_sort_key


class Gender(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    UNKNOWN = "", _("Not stated")


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Member":
        member = self.model(username=username, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "Member":
        return self.create_user(username, password, **(fields | {"is_staff": True, "is_superuser": True}))


def hasher_for(secret: str) -> str:
    """Name of the hasher for a secret of this form."""
    return "pin" if is_pin(secret) else "default"


class Member(AbstractBaseUser, PermissionsMixin):
    """One person. `phone` may be shared (a family's telephone), so it is never a key by itself."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    sort_key = models.CharField(max_length=500, editable=False, db_index=True)
    search_text = models.CharField(max_length=200, editable=False)
    phone = models.CharField(_("phone"), max_length=10, blank=True, db_index=True)
    phone_verified = models.BooleanField(_("phone verified"), default=False)
    email = models.EmailField(_("e-mail"), blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    card_no = models.CharField(_("union card number"), max_length=40, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    joined_at = models.DateTimeField(_("first signed in"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def fill(self) -> None:
        """Computed columns; bulk creation calls this itself."""
        self.full_name = squeeze(self.full_name)
        self.sort_key = name_sort_key(self.full_name)[:500]
        self.search_text = fold(self.full_name)[:200]

    def set_password(self, raw_password: str | None) -> None:
        """Six digits go through the PIN hasher, anything longer through the slow one (decision 0002)."""
        self.password = make_password(raw_password, hasher=hasher_for(raw_password or ""))
        self._password = raw_password

    def check_password(self, raw_password: str | None) -> bool:
        def upgrade(secret: str) -> None:
            self.set_password(secret)
            self._password = None
            self.save(update_fields=["password"])

        return check_password(raw_password, self.password, upgrade, preferred=hasher_for(raw_password or ""))

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def may_author(self) -> bool:
        """Whether the editor is open to the person of this request (told by the backend that signed her in)."""
        return self.is_superuser or bool(self.__dict__.get("in_author_group"))

    @property
    def first_name(self) -> str:
        """What Wagtail's own screens call a person by."""
        return self.get_short_name()

    def get_short_name(self) -> str:
        """The given name, by which people are addressed: "Nguyễn Thị Ngọc" -> "Ngọc"."""
        return self.full_name.rsplit(" ", 1)[-1]
