"""Which stored files are public, and short-lived links to the others."""

from urllib.parse import quote

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

PUBLIC = ("images/", "avatar_images/")  # what Wagtail makes out of uploads; uploads themselves are not
LIFE = 3600  # seconds that a signed link works
_SALT = "lms.files"


def is_public(path: str) -> bool:
    return path.startswith(PUBLIC) and ".." not in path.split("/")


def signed_url(path: str) -> str:
    """A link to a private file, for whoever it is shown to, for an hour."""
    signature = TimestampSigner(salt=_SALT).sign(path).removeprefix(f"{path}:")
    return f"{settings.MEDIA_URL}{quote(path)}?s={quote(signature)}"


def is_signed(path: str, signature: str) -> bool:
    try:
        TimestampSigner(salt=_SALT).unsign(f"{path}:{signature}", max_age=LIFE)
    except BadSignature:
        return False
    return True
