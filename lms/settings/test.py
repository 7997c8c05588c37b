"""Tests: fast hasher, nothing sent, the same two columns of databases as everywhere."""

from lms.settings.base import *  # noqa: F403 -- settings modules layer by star import
from lms.settings.base import STATIC_ROOT

SECRET_KEY = "only-for-tests"  # noqa: S105 -- not a secret: protects nothing
DEBUG = False
DEMO_ALLOWED = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "tests.hashers.QuickPinHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
BOARDS_READ_EVERY = 0.0  # tests roll back: every look at a board reads the database
