"""A real Chromium on a live server; every page that a journey visits is checked by axe-core."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from members.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_OPTIONS = {
    "preload": False,  # axe would fetch the style sheets once more, against the page’s policy
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"p-as-heading": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "tests/e2e" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.e2e)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not CHROMIUM and not os.environ.get("BROWSER_REQUIRED"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The live server's thread and the browser's driver share this process.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


class Visitor:
    """A person at the browser: opens pages, and every page they see is checked."""

    def __init__(self, page: Page, base: str, *, script: bool = True) -> None:
        self.page, self.base, self.script = page, base, script
        self.refused: list[str] = []
        page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)

    def opens(self, path: str) -> Visitor:
        self.page.goto(path if path.startswith("http") else f"{self.base}{path}")
        return self.checked()

    def clicks(self, words: str, role: Any = "link", *, exact: bool = True) -> Visitor:
        """Follows a link or presses a button by its accessible name, then checks the new page."""
        self.page.get_by_role(role, name=words, exact=exact).first.click()
        self.page.wait_for_load_state()
        return self.checked()

    def presses(self, words: str, *, exact: bool = True) -> Visitor:
        return self.clicks(words, "button", exact=exact)

    def fills(self, label: str, text: str) -> Visitor:
        self.page.get_by_label(label).first.fill(text)
        return self

    def sees(self, words: str) -> bool:
        self.page.get_by_text(words).first.wait_for(timeout=20_000)
        return True

    def signs_in(self, user: User) -> Visitor:
        """As one of the factories' users, by the keyboard alone."""
        self.opens("/en/accounts/login/")
        self.page.get_by_label("Email").fill(user.email)
        self.page.get_by_label("Password").fill(factories.PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/me/")
        return self.checked()

    def checked(self) -> Visitor:
        """No refusal by the policy, nothing sideways, no violation that axe can find."""
        assert self.refused == [], self.page.url
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{self.page.url} scrolls sideways by {overflow} px"
        if self.script:  # axe is a script itself
            self._check_accessibility()
        self.refused.clear()  # axe itself asks for what the policy refuses
        return self

    def _check_accessibility(self) -> None:
        found = Axe().run(self.page, options=AXE_OPTIONS).response["violations"]
        told = [
            f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"][:3]
        ]
        assert told == [], f"{self.page.url}\n" + "\n".join(told)


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Makes a person with a browser of their own: `visitor(width=320, dark=True, script=False)`."""
    contexts = []

    def arrive(*, width: int = 1280, dark: bool = False, script: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="fi-FI",
            java_script_enabled=script,
            reduced_motion="reduce",  # contrast is not measured half-way through a change of colour
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url, script=script)

    yield arrive
    for context in contexts:
        context.close()
