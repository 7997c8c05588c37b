"""Production: nothing is guessed. What is missing refuses to start."""

from django.core.exceptions import ImproperlyConfigured

from lms.settings import env
from lms.settings.base import *  # noqa: F403 -- settings modules layer by star import
from lms.settings.base import ALLOWED_HOSTS, SECRET_KEY
from lms.web import logs

if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY or SECRET_KEY_FILE.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS, for example ALLOWED_HOSTS=benhoc.example.vn.")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lms.web.storage.StaticFiles"},
}
BACKUP_NIGHTLY = env.boolean("BACKUP_NIGHTLY", default=True)

LOG_REQUESTS = env.boolean("LOG_REQUESTS", default=True)
LOGGING = logs.configuration(as_json=env.boolean("LOG_JSON", default=True), level=env.text("LOG_LEVEL", "INFO"))
