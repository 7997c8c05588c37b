"""How often something may go wrong from one place before it has to wait. Counted in the cache: a restart forgives.

A factory or a mobile network is one address, so these limits only stop floods; what guards one person's secret are
the tries of that person's row (lms.people.engine.tries).
"""

from contextlib import suppress
from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most `most` times within `seconds`, for each place by itself; the count begins anew when they have passed."""

    name: str
    most: int
    seconds: int

    def used_up(self, place: str) -> bool:
        return int(cache.get(self._key(place), 0)) >= self.most

    def count(self, place: str) -> None:
        if not cache.add(self._key(place), 1, self.seconds):
            with suppress(ValueError):  # its time ended between the two calls
                cache.incr(self._key(place))

    def _key(self, place: str) -> str:
        return f"limit:{self.name}:{place}"


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, past the proxies that the settings trust; of IPv6 the network."""
    return str(get_ip(request))
