"""`./dev demo` and daily work: readable errors, a key of its own kept in var/, everything on this machine."""

from secrets import token_urlsafe

from lms.settings import env
from lms.settings.base import *  # noqa: F403 -- settings modules layer by star import
from lms.settings.base import STATIC_ROOT, VAR_DIR

DEBUG = env.boolean("DEBUG", default=True)  # the demo shows the error pages that members see
ALLOWED_HOSTS = ["*"]
DEMO_ALLOWED = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True  # static files from where they lie, without collectstatic
WHITENOISE_AUTOREFRESH = DEBUG


def _own_key() -> str:
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(token_urlsafe(48), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")


SECRET_KEY = _own_key()
