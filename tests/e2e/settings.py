"""The server under the browser: the test settings, with files that two processes can see."""

from lms.settings.base import VAR_DIR
from lms.settings.test import *  # noqa: F403 -- settings modules layer by star import

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
