from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Courses and pages")

    def ready(self) -> None:
        import_module("cms.receivers")
        import_module("cms.views.screens")
        personal = import_module("cms.actions.personal")
        authors = import_module("cms.actions.authors")
        people = import_module("lms.people.registry")
        people.registry.register(
            "wagtail",
            people.Keeper(
                models=authors.MODELS,
                personal_data=authors.personal_data,
                erase=authors.erase,
                merge=authors.merge,
            ),
        )
        people.registry.register(
            "cms",
            people.Keeper(
                models=("cms.CheckAnswer",),
                personal_data=personal.personal_data,
                erase=personal.erase,
                merge=personal.merge,
            ),
        )


class AccountsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with forms for one full name."""

    user_viewset = "cms.views.users.PeopleViewSet"

    def ready(self) -> None:
        super().ready()
        policy = import_module("cms.views.user_policy")
        people = import_module("lms.people.models")
        import_module("wagtail.permissions").register_permission_policy(
            people.Member, policy.PeoplePolicy(people.Member)
        )
        account = import_module("wagtail.admin.views.account")
        # Names come from the roster, and Wagtail's form for the own name asks for two.
        account.NameEmailSettingsPanel.is_active = lambda _panel: False
