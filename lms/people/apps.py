from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "lms.people"
    verbose_name = _("People and units")

    def ready(self) -> None:
        from lms.people.actions.erase import erase_own_rows, merge_own_rows  # noqa: PLC0415  # models are loaded now
        from lms.people.queries.mine import own_rows  # noqa: PLC0415  # models are loaded now
        from lms.people.registry import Keeper, registry  # noqa: PLC0415  # models are loaded now

        models = ("Cohort", "CohortUnit", "JoinRequest", "Membership", "OneTimeCode", "Post", "UnitVersion")
        registry.register(
            "people",
            Keeper(
                models=tuple(f"people.{name}" for name in models),
                personal_data=own_rows,
                erase=erase_own_rows,
                merge=merge_own_rows,
            ),
        )
