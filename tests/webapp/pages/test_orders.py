"""The desk of orders: what is to place, to decide, late, and what waits for the provider."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.webapp.api.test_journey import ANALYSIS, REQUEST, Following
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

People, Visitors = Callable[[str], Caller], Callable[[str], Visitor]
ORDER = {"no_commande": "TLS-884213", "date_commande": "2026-12-07", "prix_confirme_cents": 64900}


@pytest.fixture
def signed(caller: People) -> Following:
    """A signed request, whose order is to be placed."""
    case = Following(caller, "U01")
    case.do("U01", "R05", REQUEST)
    case.do("P08", "R07", {"decision": "CONFIRMER", "imputation": "123-45"})
    case.do("P03", "R08", ANALYSIS)
    proof = caller("P09").post("/me/reauthentication", {"password": "parcours-demo"}).json["token"]
    case.do("P09", "R23", {"decision": "SIGNER"}, reauthentication=proof)
    return case


def part(reader: Visitor, code: str) -> str:
    reader.get("/commandes")
    return reader.said(f"//section[@aria-labelledby='c-{code}']")


def test_a_signed_request_is_to_place_and_leads_to_its_task(signed: Following, visitor: Visitors) -> None:
    reader = visitor("P03")
    assert str(signed.case["number"]) in part(reader, "place")
    assert "Rien n’est en retard." in part(reader, "late")
    links = reader.page.xpath("//section[@aria-labelledby='c-place']//th/a/@href")
    assert [link.startswith("/taches/") for link in links] == [True]


def test_once_placed_it_waits_with_its_number_and_the_day_of_the_reminder(signed: Following, visitor: Visitors) -> None:
    signed.do("P03", "R30", ORDER)
    reader = visitor("P04")
    waiting = part(reader, "waiting")
    assert str(signed.case["number"]) in waiting
    assert "TLS-884213" in waiting
    assert reader.page.xpath("//section[@aria-labelledby='c-waiting']//td[@data-label='Relance']//time")
    assert "Aucune commande à passer." in part(reader, "place")


def test_a_late_one_is_set_apart(signed: Following, visitor: Visitors, caller: People) -> None:
    caller("P03").put("/simulation/clock", {"now": "2026-12-14T12:00:00-05:00"})
    reader = visitor("P03")
    assert str(signed.case["number"]) in part(reader, "late")
    assert "En retard" in part(reader, "late")
    assert "Aucune commande à passer." in part(reader, "place")


def test_a_silent_provider_is_to_chase(signed: Following, visitor: Visitors, caller: People) -> None:
    signed.do("P03", "R30", ORDER)
    caller("P03").put("/simulation/clock", {"now": "2026-12-24T12:00:00-05:00"})
    reader = visitor("P03")
    assert "Relancer le prestataire" in part(reader, "late")
    assert "Aucune commande n’attend de réponse." in part(reader, "waiting")


def test_nobody_else_has_the_page(signed: Following, visitor: Visitors) -> None:
    reader = visitor("U01")
    assert reader.get("/commandes").status_code == 403
    reader.get("/demandes")
    assert "Commandes" not in reader.said("//nav")
