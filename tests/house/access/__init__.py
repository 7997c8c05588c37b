"""Who may open what: one row for every address of ours, in one module a package.

A new address without a row fails `tests/house/test_access.py`. To add one, append to `ROWS` of the package's module:

    Row("quizzes:contest", owner=200, outsider=404, make=lambda cast: {"slug": open_contest(cast).slug})

`make` builds what the address needs and returns the arguments of `reverse`. By default anonymous people are sent to
sign in, the outsider (Châu) gets 404 and the owner (Lan) 200. The time is noon of 7 May 2025 (tests.quizzes.makers).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.cast import Cast

SIGN_IN = 302  # to the sign-in page: any other address fails


@dataclass(frozen=True)
class Row:
    name: str
    make: Callable[[Cast], dict[str, Any]] = lambda _: {}
    owner: int = 200
    outsider: int = 404
    anonymous: int = SIGN_IN
    owner_is: str = "lan"
    outsider_is: str = "chau"
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    path: str = ""  # for an address without a name
    to: str = "account_login"  # where a redirect of anonymous people leads; "" = anywhere

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query} as {self.owner_is}"


def public(name: str, **changes: Any) -> Row:
    """An address for everybody."""
    return Row(name, **({"anonymous": 200, "outsider": 200} | changes))


def members(name: str, **changes: Any) -> Row:
    """An address for everybody who has signed in."""
    return Row(name, **({"outsider": 200} | changes))


def all_rows() -> list[Row]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return [row for module in modules for row in module.ROWS]
