"""The arrival of an employee (ARR-01), from the message that announces it to its end, in each person's browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.seeing import sideways
from tests.browser.serving import Installation, started
from tests.journeys.arrival import (
    ANNOUNCED,
    COMMITTED,
    EMMA,
    FILE,
    LONG,
    NEEDS,
    RECEIVED,
    THERE,
    People,
    announce,
    do,
    prepare,
)


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """An installation of its own: its clock goes from the announcement to the first day."""
    with started(ANNOUNCED) as running:
        yield running


def test_an_arrival_goes_from_the_message_to_its_end(reader: People, installation: Installation) -> None:
    number = reader("P13").number_of(announce(installation, EMMA))
    do(reader, "P13", number, FILE)
    do(reader, "P08", number, NEEDS)
    prepare(reader, number)
    manager = reader("P08")
    manager.look_at(f"/dossiers/{number}")
    manager.go_to("2026-12-07T09:00")
    do(reader, "P08", number, THERE)
    do(reader, "U03", number, COMMITTED, title="Signer")
    do(reader, "U03", number, RECEIVED)
    for code in ("P13", "P08", "U03", "P17"):
        reader(code).look_at(f"/dossiers/{number}")
    assert "Intégration complétée" in manager.end_of(number)
    manager.page.click(".pc-checklist summary")
    expect(manager.page.locator(".pc-checklist [data-state='now'], .pc-checklist [data-state='coming']")).to_have_count(
        0
    )
    expect(manager.page.locator(".pc-checklist [data-state='done']", has_text="Engagements signés")).to_be_visible()


def test_a_double_click_a_stale_tab_and_back_do_a_task_once(reader: People, installation: Installation) -> None:
    number = reader("P13").number_of(announce(installation, LONG, "2"))
    officer = reader("P13")
    officer.open_task(number)
    stale = officer.context.new_page()
    stale.goto(officer.page.url)
    for name, value in FILE.items():
        officer.give(name, value)
    officer.page.locator("#formulaire .pc-primary").dblclick()
    expect(officer.page).to_have_url(re.compile("/suite$"))
    expect(officer.page.locator("main")).to_contain_text("c’est fait")
    stale.locator("#formulaire .pc-primary").click()
    expect(stale.locator("main")).to_contain_text("Cette tâche est terminée.")
    officer.page.go_back()
    officer.page.reload()
    expect(officer.page.locator("main")).to_contain_text("Cette tâche est terminée.")
    officer.look_at(f"/dossiers/{number}")
    assert sideways(officer.page) == 0
