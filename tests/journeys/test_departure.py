"""Departures in each person's browser: a resignation to its end (DEP-01), a dismissal untold to the person (DEP-04)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.seeing import sideways
from tests.browser.serving import Installation, started
from tests.journeys.arrival import People, do
from tests.journeys.departure import BACK, CLOSED, DECLARED, DISMISSED, GOODS, HANDOVER, LINE, announce
from tests.journeys.reader import Reader

STARTED = "2026-12-04T09:00-05:00"
SATURDAY = "2026-12-12T14:00"
INSTANT = "2026-12-18T16:30"
SYSTEMS = "section[aria-labelledby='revocation']"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """An installation of its own: its clock goes from the announcement past the last day."""
    with started(STARTED) as running:
        yield running


def declare(officer: Reader) -> str:
    """Human resources declare a departure from « Commencer » and say what it is; gives the number of its case."""
    officer.look_at("/commencer")
    officer.page.click("a[href='/commencer/depart_employe']")
    for name, value in DECLARED.items():
        officer.give(name, value)
    officer.look()
    officer.page.locator("#formulaire .pc-primary").click()
    expect(officer.page).to_have_url(re.compile("/taches/"))
    number = officer.page.locator(".pc-crumbs a[href^='/dossiers/']").inner_text()
    officer.answer({})
    return number


def test_a_resignation_goes_from_its_declaration_to_its_end(reader: People, installation: Installation) -> None:
    officer = reader("P13")
    number = declare(officer)
    do(reader, "P08", number, HANDOVER)
    leaver = reader("U01")
    leaver.look_at(f"/dossiers/{number}")
    expect(leaver.page.locator("#pour-vous")).to_have_text("Votre départ")
    do(reader, "U01", number, GOODS)
    officer.look_at(f"/dossiers/{number}")
    expect(officer.page.locator("#jusque")).to_have_text("Jusqu'à la révocation")
    officer.go_to(INSTANT)
    for code in ("P14", "P16", "P17", "P18"):
        do(reader, code, number, {})
    do(reader, "P03", number, LINE)
    officer.look_at(f"/dossiers/{number}")
    proved = officer.page.locator(f"{SYSTEMS} tbody tr", has_text="Retiré et prouvé")
    expect(proved).to_have_count(3)
    expect(proved.first).to_contain_text("0 min")
    expect(officer.page.locator(f"{SYSTEMS} tbody tr", has_text="preuve à venir")).to_have_count(0)
    do(reader, "P08", number, BACK)
    do(reader, "P07", number, {"ligne_fermee": True})
    do(reader, "P13", number, CLOSED)
    for code in ("P13", "P08", "P17"):
        reader(code).look_at(f"/dossiers/{number}")
        assert sideways(reader(code).page) == 0
    assert "Départ complété" in officer.end_of(number)
    officer.page.click(".pc-checklist summary")
    expect(officer.page.locator(".pc-checklist [data-state='now'], .pc-checklist [data-state='coming']")).to_have_count(
        0
    )
    done = officer.page.locator(".pc-checklist [data-state='done']", has_text="Révocation vérifiée")
    expect(done).to_be_visible()


@pytest.fixture(scope="module")
def saturday() -> Iterator[Installation]:
    """Another installation: Saturday 12 December, 14:00."""
    with started(f"{SATURDAY}-05:00") as running:
        yield running


class TestUntold:
    """Someone is dismissed on a Saturday and does not know it."""

    @pytest.fixture
    def installation(self, saturday: Installation) -> Installation:
        """That Saturday's."""
        return saturday

    def test_a_dismissal_is_carried_out_and_does_not_exist_for_the_person(
        self, reader: People, installation: Installation
    ) -> None:
        number = reader("P13").number_of(announce(installation, DISMISSED))
        for code in ("P14", "P17", "P18"):
            technician = reader(code)
            technician.open_task(number)
            technician.look()
            page = technician.page.locator("main")
            expect(page).to_contain_text("aujourd'hui, 15 h")
            expect(page).to_contain_text("Retrait définitif")
            for path in (technician.page.url.removeprefix(installation.address), f"/dossiers/{number}"):
                technician.look_at(path)
                for word in ("Congédiement", "CONGEDIEMENT", "Risque"):
                    expect(page).not_to_contain_text(word)
        self._tells_nothing(reader("U02"), number)
        for code in ("P14", "P17", "P18"):
            do(reader, code, number, {})
        self._tells_nothing(reader("U02"), number)
        reader("P13").look_at(f"/dossiers/{number}")
        expect(reader("P13").page.locator(f"{SYSTEMS} tbody tr", has_text="Retiré et prouvé")).to_have_count(3)

    def _tells_nothing(self, leaver: Reader, number: str) -> None:
        """No page of the person tells of the case, and its address is one of nothing."""
        for path in ("/corbeille", "/corbeille?boite=queue", "/demandes", "/avis", f"/recherche?q={number}"):
            leaver.look_at(path)
            expect(leaver.page.locator("main a[href^='/dossiers/']")).to_have_count(0)
            expect(leaver.page.locator("main")).not_to_contain_text("Départ de")
        leaver.look_at("/recherche?q=Fillion")
        expect(leaver.page.locator("main a[href^='/dossiers/']")).to_have_count(0)
        leaver.open(f"/dossiers/{number}")
        expect(leaver.page.locator("h1")).not_to_contain_text("Départ de")
        expect(leaver.page.locator("main")).to_contain_text("404")
