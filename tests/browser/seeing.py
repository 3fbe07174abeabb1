"""What a person may stumble on in a page: errors of its scripts, refusals of its policy, what axe-core finds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AXE = Path(__file__).parents[2] / "webapp" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REPORT = "CSP-VIOLATION"
LISTEN = f"""
addEventListener('securitypolicyviolation', (e) => console.error(
  '{REPORT} ' + e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber));
"""
RUN = """async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations.map(
  (v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' (' + n.failureSummary + ')').join(' | '))"""


class Seen:
    """Everything that went wrong in the pages of one browser context, until axe-core steps in."""

    def __init__(self, context: BrowserContext) -> None:
        self.troubles: list[str] = []
        context.add_init_script(LISTEN)
        context.on("weberror", lambda error: self.troubles.append(f"page error: {error.error}"))
        context.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and ("Content Security Policy" in message.text or REPORT in message.text):
            self.troubles.append(message.text)


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG A and AA (2.0, 2.1, 2.2) in a page; nothing when all is well."""
    page.evaluate(_script())
    found: list[Any] = page.evaluate(RUN, TAGS)
    return [str(one) for one in found]


def sideways(page: Page) -> int:
    """How many pixels of the page lie beyond the right edge of the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@cache
def _script() -> str:
    """The text of axe-core: a tool of the front end's developers, installed with it and never shipped."""
    if not AXE.is_file():
        raise RuntimeError(f"{AXE} is missing: remove webapp/static/dist/fingerprint.txt, then run hatch_build.py")
    return AXE.read_text(encoding="utf-8")
