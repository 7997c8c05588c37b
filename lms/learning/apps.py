from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "lms.learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from lms.learning import keeping  # noqa: PLC0415  # models are ready only now

        keeping.register()
