"""Every address of ours, asked by nobody, by an outsider and by who it belongs to."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from lms.people.models import Member
from tests.cast import Cast
from tests.house.access import SIGN_IN, Row, all_rows
from tests.house.english import english_words_in
from tests.quizzes.makers import NOON

ROWS = all_rows()
OURS = ("lms", "quizzes", "cms")
SPACES = ("people", "learning", "coverage", "quizzes", "own_cms", "files", "web", "notify")
IN_ENGLISH = {"web:styleguide"}  # shows components under the names of their classes


def own_addresses() -> set[str]:
    """Names of every pattern whose view is ours or that stands in a namespace of ours."""
    return {
        name
        for name, pattern in _walk(get_resolver().url_patterns)
        if not name.startswith("wagtailusers_users:")  # by role: test_roles.py
        if name.split(":")[0] in SPACES or getattr(pattern.callback, "__module__", "").split(".")[0] in OURS
    }


def test_every_address_of_ours_has_a_row() -> None:
    missing = sorted(own_addresses() - {row.name for row in ROWS})

    assert not missing, "\n".join(missing)


def test_no_row_is_left_of_an_address_that_is_gone() -> None:
    known = {name for name, _ in _walk(get_resolver().url_patterns)}

    assert sorted({row.name for row in ROWS} - known) == []


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_may_open_it(row: Row, cast: Cast) -> None:
    with time_machine.travel(NOON, tick=True):
        built = row.make(cast)
        address = (row.path or reverse(row.name, kwargs=built)) + row.query
        anonymous = _ask(row, address, None)
        outsider = _ask(row, address, getattr(cast, row.outsider_is))
        owner = _ask(row, address, getattr(cast, row.owner_is))

    assert (anonymous.status_code, outsider.status_code, owner.status_code) == (row.anonymous, row.outsider, row.owner)
    if row.anonymous == SIGN_IN and row.to:
        assert anonymous["Location"].split("?")[0] == reverse(row.to)
    for response in (anonymous, outsider, owner):
        if response.headers.get("Content-Type", "").startswith("text/html") and row.name not in IN_ENGLISH:
            assert english_words_in(response.content.decode()) == []


def _ask(row: Row, address: str, member: Member | None) -> Any:
    client = Client(raise_request_exception=True)
    if member is not None:
        client.force_login(member)
    return getattr(client, row.method)(address, row.data)


def _walk(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            unnamed = re.sub(r"\W+", "-", str(pattern.pattern))
            yield ":".join([*spaces, pattern.name or unnamed]), pattern
        else:
            yield from _walk(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
