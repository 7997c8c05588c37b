"""What every way of running Bến Học shares. Differences live in development, test and production."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from lms.settings import env
from lms.web import logs

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("BENHOC_VAR", str(BASE_DIR / "var")))

SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_PLACE = env.text("SECRET_KEY_FILE", str(VAR_DIR / "secret-key"))  # told to who makes backups
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "lms.web",
    "lms.audit",
    "lms.files",
    "lms.imports",
    "lms.people",
    "lms.notify",
    "lms.learning",
    "lms.coverage",
    "lms.demo",
    "lms.keep",
    "lms.tick",
    "quizzes",
    "cms.apps.CmsConfig",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.apps.AccountsUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "lms.web.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "lms.web.middleware.security_headers",
    "lms.web.middleware.no_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.people.middleware.shared_devices",
    "lms.web.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lms.urls"
ASGI_APPLICATION = "lms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.web.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "lms.web.templatetags.web"],
        },
    }
]

FORM_RENDERER = "lms.web.forms.FormRenderer"

_urls = environ.Env()
DATABASES = {"default": _urls.db_url_config(env.secret("DATABASE_URL", f"sqlite:///{VAR_DIR / 'benhoc.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] |= {"ENGINE": "lms.web.sqlite", "CONN_MAX_AGE": None}
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": env.integer("DATABASE_POOL", default=16)}}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # else each connection of the pool fails a page after a restart
else:
    raise ImproperlyConfigured("DATABASE_URL must be a sqlite: or a postgres: address.")
DEMO_ALLOWED = False  # its accounts have publicly known passwords
EMBEDDED_THREADS = env.boolean("EMBEDDED_THREADS", default=DATABASES["default"]["ENGINE"] == "lms.web.sqlite")
PAGE_THREADS = env.integer("PAGE_THREADS", default=8)
PAGE_QUEUE = env.integer("PAGE_QUEUE", default=200)
PAGE_ENTRANCES = env.integer("PAGE_ENTRANCES", default=100)  # sign-ins and starts at once; the others see their place
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.secret("REDIS_URL")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

BOARDS_READ_EVERY = 1.0  # seconds that a board may be behind the database, at most

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
WORKER_LIFE = env.integer("WORKER_LIFE", default=15)  # seconds of silence after which others take a worker for dead

METRICS_TOKEN = env.secret("METRICS_TOKEN")  # who asks for /metrics and /readyz through the proxy must hold it
LOG_REQUESTS = env.boolean("LOG_REQUESTS", default=False)  # a line for each request
LOGGING = logs.configuration(as_json=env.boolean("LOG_JSON", default=False), level=env.text("LOG_LEVEL", "WARNING"))

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["lms.people.adapters.backend.MemberBackend"]  # its own module: allauth names it so
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # passwords of staff
    "lms.people.adapters.hashers.PinHasher",  # PINs of members; why two: docs/decisions/0002-log-in-rush.md
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 180 * 24 * 3600  # a member stays signed in for 180 days; shared devices end after 30 minutes
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True

ACCOUNT_ADAPTER = "lms.notify.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lms.notify.forms.SignInForm",
    "reauthenticate": "lms.notify.forms.IsItYouForm",
    "change_password": "lms.notify.forms.ChangeSecretForm",
    "set_password": "lms.notify.forms.SetSecretForm",
    "reset_password_from_key": "lms.notify.forms.ResetSecretForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # sign-up itself is closed: people come from the roster
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # a class
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "lms.notify.accounts.display_name"
# A factory or a mobile network is one address: addresses are only stopped when they flood. What guards a PIN are
# the tries of its roster row (lms.people.engine.tries).
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": "1200/m/ip,10/15m/key",
    "signup": "1200/m/ip",
    "reset_password": "120/m/ip,5/h/key",
    "reset_password_from_key": "120/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", default=0)  # else all people are one address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "lms.notify.forms.AddKeyForm", "edit_webauthn": "lms.notify.forms.EditKeyForm"}
MFA_TOTP_ISSUER = "Bến Học"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "1200/m/ip"}
# Wagtail's own way in knows neither MFA nor limits: its editors sign in where everybody does.
WAGTAILADMIN_LOGIN_URL = "editor_sign_in"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [
    BASE_DIR / "locale",
    BASE_DIR / "locale" / "allauth",
    BASE_DIR / "locale" / "wagtail",
    BASE_DIR / "locale" / "django",
]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["lms.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

BACKUP_DIR = Path(env.text("BACKUP_DIR", str(VAR_DIR / "backups")))
BACKUP_DAYS = env.integer("BACKUP_DAYS", default=14)
BACKUP_NIGHTLY = env.boolean("BACKUP_NIGHTLY", default=False)

# One installation serves one federation: what it is called and where its documents are signed.
WAGTAIL_SITE_NAME = env.text("SITE_NAME", "Bến Học")
FEDERATION_NAME = env.text("FEDERATION_NAME", "Liên đoàn Lao động tỉnh Bến Tre")
FEDERATION_PLACE = env.text("FEDERATION_PLACE", "Bến Tre")
SITE_LOGO = env.text("SITE_LOGO", "")  # address of a square picture; without it the boat landing of ours
WAGTAILADMIN_BASE_URL = env.text("SITE_URL", "http://localhost:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp", "gif"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.FileForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # never the file's own address: documents may be private
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]

# EMAIL_URL=smtp+tls://user:password@mail.example.vn:587; without it letters and text messages go to the log only.
_mail = _urls.email_url_config(env.secret("EMAIL_URL", "consolemail://"))
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
SMS_SENDER = env.text("SMS_SENDER", "lms.notify.sms.ConsoleSender")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "benhoc@localhost")
