from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TickConfig(AppConfig):
    name = "lms.tick"

    def ready(self) -> None:
        autodiscover_modules("tasks")
