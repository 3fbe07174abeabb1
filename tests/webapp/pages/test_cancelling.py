"""Putting an end to a request from its page: by whom, what it asks, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.webapp.api.test_journey import ANALYSIS, REQUEST, Following
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

People, Visitors = Callable[[str], Caller], Callable[[str], Visitor]
BUTTON = "Annuler la demande"


@pytest.fixture
def asked(caller: People) -> Following:
    """A request that waits for its confirmation."""
    case = Following(caller, "U01")
    case.do("U01", "R05", REQUEST)
    return case


@pytest.fixture
def ordered(caller: People, asked: Following) -> Following:
    """A request that was signed and ordered."""
    asked.do("P08", "R07", {"decision": "CONFIRMER", "imputation": "123-45"})
    asked.do("P03", "R08", ANALYSIS)
    proof = caller("P09").post("/me/reauthentication", {"password": "parcours-demo"}).json["token"]
    asked.do("P09", "R23", {"decision": "SIGNER"}, reauthentication=proof)
    order = {"no_commande": "TLS-1", "date_commande": "2026-12-07", "prix_confirme_cents": 64900}
    asked.do("P03", "R30", order)
    return asked


def address(case: Following) -> str:
    return f"/dossiers/{case.case['number']}"


def test_whoever_asked_puts_an_end_to_it(asked: Following, visitor: Visitors) -> None:
    author = visitor("U01")
    author.get(address(asked))
    assert BUTTON in author.said()
    author.get(f"{address(asked)}/annulation")
    assert "frais" not in author.said().lower()
    author.send(f"{address(asked)}/annulation", follow=True, motif="Le besoin a disparu.")
    assert "La demande est annulée." in author.said("//body")
    assert BUTTON not in author.said()


def test_without_a_reason_it_goes_on_and_what_was_typed_stays(ordered: Following, visitor: Visitors) -> None:
    reader = visitor("P03")
    answer = reader.send(f"{address(ordered)}/annulation", motif=" ", frais="vingt")
    assert answer.status_code == 422
    assert "Écrivez pourquoi" in reader.said()
    assert "Écrivez un montant" in reader.said()
    assert reader.page.xpath("//input[@name='frais']/@value") == ["vingt"]
    reader.get(address(ordered))
    assert BUTTON in reader.said()


def test_once_ordered_the_representative_writes_the_fee(ordered: Following, visitor: Visitors, caller: People) -> None:
    reader = visitor("P03")
    reader.get(f"{address(ordered)}/annulation")
    assert "Frais d’annulation" in reader.said()
    reader.send(f"{address(ordered)}/annulation", follow=True, motif="Le besoin a disparu.", frais="25,00 $")
    told = caller("P03").get(f"/cases/{ordered.case['id']}/history?limit=200").json["items"]
    assert [one["data"]["fee_cents"] for one in told if one["kind"] == "case.cancelled"] == [2500]
    reader.get(f"{address(ordered)}/formulaires")
    assert "Frais d’annulation 25,00" in reader.said()
    assert "Origine" not in reader.said()


def test_who_may_not_has_no_button_and_gets_nowhere_without_it(
    ordered: Following, visitor: Visitors, caller: People
) -> None:
    author = visitor("U01")
    author.get(address(ordered))
    assert BUTTON not in author.said()
    author.get(f"{address(ordered)}/annulation", follow_redirects=True)
    assert "Vous ne pouvez pas annuler cette demande maintenant." in author.said("//body")
    author.send(f"{address(ordered)}/annulation", motif="Le besoin a disparu.")
    assert caller("U01").get(f"/cases/{ordered.case['id']}").json["state"] == "EN_ATTENTE"


def test_a_stranger_does_not_learn_that_there_is_such_a_case(asked: Following, visitor: Visitors) -> None:
    stranger = visitor("U02")
    assert stranger.get(f"{address(asked)}/annulation").status_code == 404
    assert stranger.send(f"{address(asked)}/annulation", motif="Non.").status_code == 404
