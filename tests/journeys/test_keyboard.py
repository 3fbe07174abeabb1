"""The inbox and a form, with nothing but the keyboard."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.device import REQUEST, People
from tests.journeys.reader import Reader

FARTHEST = 80


def tab_to(page: Page, selector: str) -> None:
    """Go from place to place with Tab until the one that is wanted has the focus, which must show."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown != "none", selector
            return
    raise AssertionError(f"Tab never reached {selector}")


def a_request(asker: Reader) -> str:
    """A request to confirm, just asked for."""
    number = asker.start()
    for name, value in REQUEST.items():
        asker.give(name, value)
    asker.page.locator("#formulaire .pc-primary").click()
    asker.page.wait_for_url("**/suite")
    return number


def test_a_manager_confirms_a_need_with_the_keyboard_alone(reader: People) -> None:
    number = a_request(reader("U01"))
    manager = reader("P08")
    page = manager.page
    manager.open(f"/corbeille?boite=queue&q={number}")
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/taches/*")
    tab_to(page, "#formulaire [name=decision]")
    page.keyboard.press("Space")
    assert page.locator("[name=decision]:checked").get_attribute("value") == "CONFIRMER"
    tab_to(page, "#formulaire [name=imputation]")
    page.keyboard.type("123-45")
    tab_to(page, "#formulaire .pc-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suite")
    manager.look()


def test_a_refused_form_puts_the_focus_on_what_is_wrong(reader: People) -> None:
    asker = reader("U01")
    asker.start()
    page = asker.page
    page.locator("#formulaire .pc-primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-error-summary]")
    assert page.evaluate("document.activeElement.id") == "erreurs"
    page.keyboard.press("Tab")
    target = str(page.evaluate("document.activeElement.hash"))
    page.keyboard.press("Enter")
    assert page.evaluate("'#' + document.activeElement.id") == target
