"""Every page that can be reached by links on the demo, as each role: for all eyes, on every width, without an error."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from lms.people.models import Member
from tests.e2e.conftest import PageAt
from tests.e2e.looks import Problems, axe, no_sideways_scroll, small_targets

ROLES = [None, "doanvien", "canbo", "tochuc", "quantri"]
OTHERS = re.compile(r"^/(cms|media|documents|static|live)/|/logout/|/export|\.(xlsx|csv|png|svg|docx)\b")
MOST = 45  # pages a role
LINKS = """() => [...document.querySelectorAll("a[href]")].filter(a => !a.hasAttribute("download"))
  .map(a => new URL(a.getAttribute("href"), location)).filter(u => u.origin === location.origin)
  .map(u => u.pathname + u.search)"""


def kind_of(path: str) -> str:
    """Pages of one kind look alike: numbers, slugs and what is asked for don't matter."""
    bare, _, query = path.partition("?")
    names = sorted(set(re.findall(r"(?:^|&)(\w+)=", query)))
    bare = re.sub(r"/(courses|contests)/[\w-]{8,}", r"/\1/S", bare)
    return re.sub(
        r"(?<=S/)(?!rules|board|result|start|units|people|review)[\w-]{12,}", "S", re.sub(r"\d+", "N", bare)
    ) + "?".join(["", *names])


def faults(page: Page) -> Iterator[str]:
    for check in (no_sideways_scroll, axe):
        try:
            check(page)
        except AssertionError as fault:
            yield str(fault).splitlines()[0]
    if small := small_targets(page):
        yield f"{page.url}: small targets {small[:3]}"


def visited(page: Page, seen: set[str]) -> Iterator[str]:
    """Walk by links from the home page; each kind of page once over all roles, but its home for each."""
    queue, count = ["/"], 0
    while queue and count < MOST:
        path = queue.pop(0)
        response = page.goto(path)
        if response is None or "text/html" not in response.headers.get("content-type", ""):
            continue
        count += 1
        if response.status != 200:
            yield f"{path}: status {response.status}"
            continue
        for width in (345, 1440):
            page.set_viewport_size({"width": width, "height": 844})
            yield from faults(page)
        for link in page.evaluate(LINKS):
            if kind_of(link) not in seen and not OTHERS.search(link):
                seen.add(kind_of(link))
                queue.append(link)


@pytest.mark.timeout(900)
def test_every_page_of_the_demo_is_fit_for_all(page_at: PageAt, problems: Problems) -> None:
    call_command("demo", verbosity=0)
    seen: set[str] = set()
    wrong: list[str] = []
    for role in ROLES:
        page = page_at(345, member=Member.objects.get(username=role) if role else None, dark=role == "canbo")
        wrong += [f"{role}: {fault}" for fault in visited(page, seen)]
    assert wrong == [], "\n".join(wrong)
