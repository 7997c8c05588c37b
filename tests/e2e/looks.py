"""What every page must be: readable for all (axe), not wider than the screen, without errors, in few bytes."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page, Response

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
_RUN_AXE = """() => axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
})"""
_NETWORK = (
    "net::ERR_",
    "WebSocket connection to",
    "when fetching the script",
)  # a cut network is no mistake of the page


@dataclass
class Problems:
    """Errors in the console, thrown exceptions and refused by the content security policy."""

    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)  # pieces of text that a test provokes on purpose

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: {error}"))

    def left(self) -> list[str]:
        return [text for text in self.seen if not any(piece in text for piece in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(sign in message.text for sign in _NETWORK):
            self.seen.append(f"{message.location.get('url')}: {message.text}")


def axe(page: Page) -> None:
    """No serious and no critical finding on the page as it stands now."""
    _inject(page)
    found: dict[str, Any] = page.evaluate(_RUN_AXE)
    bad = [
        (violation["id"], violation["help"], [node["html"][:160] for node in violation["nodes"][:4]])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert bad == [], f"{page.url}: {bad}"


def _inject(page: Page) -> None:
    """Through the debugger, so that the page's strict policy needn't be loosened for the test."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _AXE})
    session.detach()


def no_sideways_scroll(page: Page) -> None:
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 5).map(e => e.outerHTML.slice(0, 140))"""
    )
    assert wide == [], f"{page.url} is wider than the screen"


def small_targets(page: Page) -> list[str]:
    """Buttons, links outside running text and fields that are under 44 pixels high."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
        .filter(e => e.offsetParent !== null && getComputedStyle(e).display !== "inline" && !e.closest(".sr-only"))
        .filter(e => !e.matches("input[type=checkbox], input[type=radio], .skip, .link"))
        .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 140))"""
    )
    return found


def shot(page: Page, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True, animations="disabled")


@dataclass
class Weight:
    """Bytes that the network carries for a page, texts compressed as production does; content pictures don't count."""

    bytes: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        page.on("response", self._note)

    def stop(self, page: Page) -> None:
        page.remove_listener("response", self._note)

    def _note(self, response: Response) -> None:
        if "/media/" in response.url or response.from_service_worker or response.status not in (200, 404):
            return
        if response.request.sizes()["responseBodySize"] == 0:  # from the browser's own store
            return
        body = response.body()
        packed = body if response.url.endswith((".woff2", ".png", ".jpg", ".webp")) else gzip.compress(body, 6)
        self.bytes[response.url] = len(packed)

    @property
    def total(self) -> int:
        return sum(self.bytes.values())
