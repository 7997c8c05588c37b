from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.database import database_url, fresh_copy
from tests.e2e.server import LiveServer
from tests.survival.house import House
from tests.survival.servers import Postgres, Redis

ENTRANTS = 420


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs PostgreSQL and Redis runs in their column only, what needs SQLite in the other: none is skipped."""
    other = "only_sqlite" if connection.vendor == "postgresql" else "only_postgres"
    unfit = [item for item in items if other in item.keywords]
    config.hook.pytest_deselected(items=unfit)
    items[:] = [item for item in items if item not in unfit]


_told: list[str] = []


@pytest.fixture
def tell() -> Callable[[str], None]:
    """Have a figure printed at the end of the run."""
    return _told.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for sentence in _told:
        terminalreporter.write_line(sentence)


@pytest.fixture(scope="session")
def house(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for all tests here: each takes people of its own."""
    house = _house(tmp_path_factory.mktemp("house"))
    try:
        house.stage(ENTRANTS)
        yield house
    finally:
        house.remove()


@pytest.fixture(scope="session")
def web(house: House) -> LiveServer:
    """A web process that tests may kill as long as they start it again."""
    return house.web()


@pytest.fixture(scope="session")
def other_web(house: House, web: LiveServer) -> LiveServer:
    return house.web()


def _house(place: Path) -> House:
    if connection.vendor == "sqlite":
        copy = place / "house.sqlite3"
        fresh_copy(str(copy))
        return House(f"sqlite:///{copy}", place)
    postgres, redis = Postgres(), Redis()
    postgres.start()
    redis.start()
    return House(postgres.copy_of(database_url(), "house"), place, postgres, redis)
