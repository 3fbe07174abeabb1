"""The arrival of an employee (ARR-01), from the message that announces it to its end, in each person's browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.serving import Installation, started
from tests.journeys.arrival import (
    ANNOUNCED,
    COMMITTED,
    EMMA,
    FILE,
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
    checklist = manager.page.locator("details:has(h2)")
    expect(checklist).to_contain_text("Accès activés")
