from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    name = "lms.coverage"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        from lms.coverage import keeping, tasks  # noqa: F401, PLC0415  # models are ready only now

        keeping.register()
