from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "lms.notify"

    def ready(self) -> None:
        from lms.notify.actions import keeping  # noqa: PLC0415  # models are loaded now
        from lms.people.registry import Keeper, registry  # noqa: PLC0415  # models are loaded now

        keeper = Keeper(keeping.MODELS, keeping.personal_data, keeping.erase, keeping.merge)
        registry.register("notify", keeper)
