"""Windows in which the pages are looked at: one a person, signed in once for all the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.caller import PASSWORD
from tests.browser.seeing import Seen
from tests.browser.serving import Installation


class Window:
    """A browser window, and what was seen to go wrong in it."""

    def __init__(self, browser: Browser, address: str, code: str) -> None:
        self.address = address
        self.context = browser.new_context(locale="fr-CA", color_scheme="light")
        self.context.set_default_timeout(15_000)
        self.seen = Seen(self.context)
        self.page: Page = self.context.new_page()
        if code:
            self._sign_in(code)

    def open(self, path: str) -> Page:
        """Open an address at the size of a desktop, in the light theme."""
        self.page.set_viewport_size(DESKTOP)
        self.page.emulate_media(color_scheme="light")
        self.seen.troubles.clear()
        self.page.goto(self.address + path)
        return self.page

    def _sign_in(self, code: str) -> None:
        self.page.goto(f"{self.address}/connexion")
        self.page.fill("#code", code)
        self.page.fill("#mot_de_passe", PASSWORD)
        self.page.click("main .pc-primary")
        self.page.wait_for_url("**/corbeille*")


DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def window(browser: Browser, installation: Installation) -> Iterator[Callable[[str], Window]]:
    """The window of a person; nobody is signed in where the code is empty."""
    opened: dict[str, Window] = {}

    def of(code: str) -> Window:
        if code not in opened:
            opened[code] = Window(browser, installation.address, code)
        return opened[code]

    yield of
    for one in opened.values():
        one.context.close()
