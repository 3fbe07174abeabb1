"""Where the browser of the tests is: the one asked for, an installed one, Playwright's own, or the one `make test` got.

It only looks: what is to be fetched is the matter of ``tests.browser.provide``. Without a browser the tests fail and
say so; they never skip.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
KEPT = Path(sys.prefix) / "browser"
"""Where the npm package's browser is kept, with the note of which browser was chosen."""
NOTE = KEPT / "chosen.json"
MISSING = (
    "No browser for the tests. `make test` brings one: it looks for an installed Chromium (or the path in $CHROMIUM), "
    "then asks Playwright for its own, then the npm package @sparticuz/chromium. Tried: {tried}."
)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser to test with: where it is, and what its process needs around it."""

    executable: str
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def launching(self) -> dict[str, Any]:
        """How Playwright starts it; the sandbox stays, but where root runs it, which Chromium refuses."""
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        arguments = ["--no-sandbox"] if root else []
        around = {"env": {**os.environ, **self.environment}} if self.environment else {}
        return {"executable_path": self.executable, "args": arguments, **around}


def candidates(playwright: Playwright) -> Iterator[Browser]:
    """The browsers that are here already, the first choice first."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        yield Browser(asked)
        return
    noted = kept()
    if noted is not None:
        yield noted
    for place in [*map(shutil.which, NAMES), *PLACES, playwright.chromium.executable_path]:
        if place and Path(place).is_file():
            yield Browser(place)


def found(playwright: Playwright) -> Browser:
    """The browser to test with; fails, saying why, when there is none that starts."""
    tried = {}
    for one in candidates(playwright):
        flaw = cannot_start(playwright, one)
        if flaw is None:
            return one
        tried[one.executable] = flaw
    raise RuntimeError(MISSING.format(tried=tried or "nothing, none was found"))


def cannot_start(playwright: Playwright, browser: Browser) -> str | None:
    """Why a browser does not start; None when it does."""
    try:
        playwright.chromium.launch(**browser.launching, timeout=30_000).close()
    except Error as error:
        return " ".join(error.message.split())[:600]
    return None


def kept() -> Browser | None:
    """The browser that was chosen before, when it is still there."""
    if not NOTE.is_file():
        return None
    noted = json.loads(NOTE.read_text(encoding="utf-8"))
    return Browser(**noted) if Path(noted["executable"]).is_file() else None


def keep(browser: Browser) -> None:
    """Note the browser chosen, for the tests and for the next time."""
    NOTE.parent.mkdir(parents=True, exist_ok=True)
    noted = {"executable": browser.executable, "environment": dict(browser.environment)}
    NOTE.write_text(json.dumps(noted, indent=1), encoding="utf-8")
