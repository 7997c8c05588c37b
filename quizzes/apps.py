from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Contests")

    def ready(self) -> None:
        from quizzes import keeping  # noqa: PLC0415  # models are ready only now

        keeping.register()
