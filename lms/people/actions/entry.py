"""Finding a union by the code of its slip. Codes are short, so who guesses them is stopped; who knows one is not."""

from datetime import date

from django.core.cache import cache

from lms.people.models import UnitVersion
from lms.people.queries.roster import unit_by_entry_code
from lms.web.limits import Limit

WRONG_CODES = Limit("entry-code", most=300, seconds=3600)  # of one address; a factory's typing errors stay far below
_KNOWN_FOR = 30 * 24 * 3600


class TooManyCodes(Exception):
    """This address has given so many wrong codes that no new one is looked up for a while."""


def unit_of_code(code: str, address: str, today: date) -> UnitVersion | None:
    """The union, or None. Codes that were right from this address stay open to it, whoever guesses beside them."""
    code = code.strip().casefold()
    known = f"entry-code:{address}:{code}"
    if WRONG_CODES.used_up(address) and not cache.get(known):
        raise TooManyCodes
    unit = unit_by_entry_code(code, today)
    if unit is None:
        WRONG_CODES.count(address)
    else:
        cache.set(known, True, _KNOWN_FOR)
    return unit
