"""What pages weigh, what they must show, and that the instruments of these tests see what they look for."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from playwright.sync_api import Response

from tests.browser.cases import Cases
from tests.browser.conftest import Window
from tests.browser.seeing import axe

LIGHT = 20_000
COVERED = """one => {
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !one.contains(top) && top !== one;
}"""


def test_the_inbox_loads_little_javascript(window: Callable[[str], Window]) -> None:
    seat = window("P03")
    loaded: list[Response] = []
    seat.page.on("response", lambda one: loaded.append(one))
    seat.open("/corbeille")
    seat.page.wait_for_load_state("networkidle")
    scripts = [one.body() for one in loaded if one.request.resource_type == "script"]
    assert scripts
    assert sum(len(gzip.compress(script)) for script in scripts) <= LIGHT


def test_the_mark_of_the_diagram_s_authors_is_in_full_view(window: Callable[[str], Window], cases: Cases) -> None:
    page = window("P03").open(f"/dossiers/{cases.numbers['R30']}/diagramme")
    mark = page.locator(".bjs-powered-by")
    mark.wait_for(state="visible")
    mark.scroll_into_view_if_needed()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert mark.is_visible()
        assert not mark.evaluate(COVERED)
        assert mark.evaluate("one => Number(getComputedStyle(one).opacity)") == 1


def test_a_broken_page_is_seen_to_be_broken(window: Callable[[str], Window]) -> None:
    seat = window("")
    page = seat.open("/connexion")
    page.evaluate("""() => {
      document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}));
      document.querySelector('main').append(document.createElement('input'));
      setTimeout(() => { throw new Error('broken'); });
    }""")
    page.wait_for_function("true")
    found = axe(page)
    assert any("label" in one for one in found)
    assert any("style-src" in one for one in seat.seen.troubles)
    assert any("broken" in one for one in seat.seen.troubles)
