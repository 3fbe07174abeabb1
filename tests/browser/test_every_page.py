"""Every page, on a desktop and on a phone, light and dark: nothing broken, nothing that shuts anyone out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.cases import Cases
from tests.browser.conftest import DESKTOP, Window
from tests.browser.pages import LOOKS
from tests.browser.seeing import axe, sideways

PHONE = {"width": 320, "height": 640}


@pytest.mark.parametrize("name", LOOKS)
def test_a_page_is_whole_and_open_to_all(name: str, window: Callable[[str], Window], cases: Cases) -> None:
    look = LOOKS[name]
    seat = window(look.code)
    page = seat.open(look.path(cases))
    look.act(page, cases)
    assert seat.seen.troubles == []
    found = {}
    for device, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            found[device, theme] = axe(page)
        found[device, "sideways"] = [f"{sideways(page)} px"] if sideways(page) > 0 else []
    assert {place: flaws for place, flaws in found.items() if flaws} == {}
