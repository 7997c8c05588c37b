from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from quizzes.actions.starting import forget_pools
from quizzes.queries.attempts import forget_texts
from quizzes.queries.sheets import forget_sheets
from tests.cast import Cast, make_cast
from tests.database import django_db_setup, migrated_tables, put_back

# A busy machine is slow now and then: that is no fault of a property.
hypothesis_settings.register_profile("shared", deadline=None)
hypothesis_settings.load_profile("shared")

__all__ = ["django_db_setup", "migrated_tables"]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def real_db(migrated_tables: dict[str, bool], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Real commits, visible to other threads and connections; put back to the migrated state afterwards."""
    with django_db_blocker.unblock():
        yield
        put_back(migrated_tables)


@pytest.fixture
def real_cast(real_db: None) -> Cast:
    """The cast, committed."""
    return make_cast()


@pytest.fixture(autouse=True)
def _no_remembered_papers() -> None:
    """Rolled-back tests use the same ids again for other papers."""
    forget_sheets()
    forget_texts()
    forget_pools()
