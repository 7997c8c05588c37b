from django.apps import AppConfig


class KeepConfig(AppConfig):
    name = "lms.keep"
