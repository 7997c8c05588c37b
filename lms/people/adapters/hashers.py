"""The hasher of PINs. Why it is quick and keyed: docs/decisions/0002-log-in-rush.md."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

_PURPOSE = "lms.people.pin"


class PinHasher(PBKDF2PasswordHasher):
    """PBKDF2 over the PIN keyed with the installation's secret: a stolen database alone gives no PIN away.

    The key's fallbacks are tried too, so that SECRET_KEY can be changed without locking everybody out.
    """

    algorithm = "pin"
    iterations: int = 30_000

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        return super().encode(_keyed(password, settings.SECRET_KEY), salt, iterations)

    def verify(self, password: str, encoded: str) -> bool:
        decoded = self.decode(encoded)
        return any(
            hmac.compare_digest(
                encoded, self._with(str(key), password, str(decoded["salt"]), int(decoded["iterations"]))
            )
            for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        )

    def _with(self, key: str, password: str, salt: str, iterations: int) -> str:
        return super().encode(_keyed(password, key), salt, iterations)


def _keyed(pin: str, key: str) -> str:
    return hmac.new(f"{_PURPOSE}:{key}".encode(), pin.encode(), hashlib.sha256).hexdigest()
