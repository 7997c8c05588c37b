"""The servers' settings here: those of the browser tests, with chores that wait."""

from tests.e2e.settings import *  # noqa: F403 -- settings modules layer by star import
from tests.e2e.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.survival.chores"]
