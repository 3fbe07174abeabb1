"""Persons of the demonstration at browsers of their own, on one installation for all the journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.serving import Installation
from tests.journeys.reader import Reader


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser window as someone has it: language, size, theme, with scripts or without."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "fr-CA", **options})
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def reader(contexts: Callable[..., BrowserContext], installation: Installation) -> Callable[[str], Reader]:
    """Someone, signed in once; asked again, the same window."""
    windows: dict[str, Reader] = {}

    def someone(code: str) -> Reader:
        if code not in windows:
            windows[code] = Reader(contexts(), installation.address, code).sign_in()
        return windows[code]

    return someone


@pytest.fixture
def plain_reader(contexts: Callable[..., BrowserContext], installation: Installation) -> Callable[[str], Reader]:
    """Someone whose browser runs no scripts."""
    windows: dict[str, Reader] = {}

    def someone(code: str) -> Reader:
        if code not in windows:
            context = contexts(java_script_enabled=False)
            windows[code] = Reader(context, installation.address, code, scripts=False).sign_in()
        return windows[code]

    return someone
