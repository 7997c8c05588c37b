"""Real browsers against a real server on a fresh copy of the migrated database. Rows made by the test through the ORM
are committed and seen by the server; after each test the database is put back."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from pytest_django import Settings

from lms.people.models import Member
from tests.database import database_url
from tests.e2e.looks import Problems
from tests.e2e.proxy import Proxy
from tests.e2e.server import LiveServer

PageAt = Callable[..., Page]
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session", autouse=True)
def _async_is_safe(migrated_tables: dict[str, bool]) -> None:
    """Playwright's synchronous interface keeps an event loop running in this thread; the ORM must not mind."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = shutil.which("chromium")
    if path is None:
        reason = "Browser tests need Debian's chromium (apt install chromium)."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def _server_process(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    var = tmp_path_factory.mktemp("server")
    environment = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "BENHOC_VAR": str(var),
        "EMBEDDED_THREADS": "1",
        "WORKER_LIFE": "3",  # tests kill it: the next one needn't wait long for the clock
    }
    server = LiveServer(environment, log=var / "server.log")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(_server_process: LiveServer, playwright: Playwright, real_db: None, settings: Settings) -> LiveServer:
    """The running server; a test may `kill()`, `start()` and `restart()` it."""
    if not _server_process.running:
        _server_process.start()
    settings.MEDIA_ROOT = Path(_server_process.environment["BENHOC_VAR"]) / "media"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    return _server_process


@pytest.fixture
def proxy(server: LiveServer) -> Iterator[Proxy]:
    """A network to the server that can be cut: `page_at(390, base=proxy.url)`."""
    proxy = Proxy(server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def problems() -> Iterator[Problems]:
    """Fails the test for every console error, exception and policy violation it didn't name in `expected`."""
    problems = Problems()
    yield problems
    assert problems.left() == []


@pytest.fixture
def page_at(server: LiveServer, browser: Browser, problems: Problems) -> Iterator[PageAt]:
    """`page_at(390, member=cast.lan, dark=True, js=False, base=proxy.url)`: a page in a browser profile of its own."""
    contexts: list[BrowserContext] = []

    def open_page(
        width: int = 390,
        *,
        member: Member | None = None,
        dark: bool = False,
        js: bool = True,
        base: str | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 800 else 900},
            base_url=base or server.url,
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=width < 800,
        )
        contexts.append(context)
        page = context.new_page()
        problems.watch(page)
        if member is not None:
            login_as(page, member, base or server.url)
        return page

    yield open_page
    for context in contexts:
        context.close()


def login_as(page: Page, member: Member, url: str) -> None:
    """Sign `member` in on the browser of `page`, by a session made on the server's database."""
    client = Client()
    client.force_login(member)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
