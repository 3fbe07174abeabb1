"""Who may sign such an act today, and why, as a page: the same answer as the API's, in words."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

Visitors = Callable[[str], Visitor]
MAY, KEPT = "//table[caption='Peuvent signer']", "//table[caption='Ne peuvent pas signer']"


def ask(reader: Visitor, **asked: str) -> Visitor:
    given = {"type": "APPAREIL", "unite": "SOE", "montant": "649,00", "beneficiaire": "U01", **asked}
    reader.get(f"/signataires?{urlencode(given)}")
    return reader


@pytest.mark.parametrize(
    ("asked", "level", "may"),
    [
        ({}, "Directeur (N2)", ["P09"]),
        ({"montant": "0,01"}, "Chef de service (N1)", ["P32"]),
        ({"montant": "500,01"}, "Directeur (N2)", ["P09"]),
        ({"montant": "10 000,01"}, "signatures conjointes (N4)", ["P10", "P11"]),
        ({"montant": "0", "type": "RESEAU"}, "Directeur (N2)", ["P09"]),
        ({"montant": "25 000,01"}, "Hors du plan", []),
        ({"montant": "0"}, "Aucune signature requise", []),
    ],
)
def test_the_plan_answers_with_its_level_and_who(
    visitor: Visitors, asked: dict[str, str], level: str, may: list[str]
) -> None:
    reader = ask(visitor("P03"), **asked)
    assert level in reader.said("//section[@aria-labelledby='reponse']")
    told = reader.said(MAY) if may else ""
    assert [code for code in ("P08", "P09", "P10", "P11", "P12", "P28", "P32") if f"({code})" in told] == may


def test_each_of_the_others_has_the_rule_that_keeps_them_out(visitor: Visitors) -> None:
    reader = ask(visitor("P03"), montant="0,01")
    kept = reader.said(KEPT)
    assert "(P08) N1 Cette personne confirme le besoin du bénéficiaire" in kept
    assert "(P09) N2 Un niveau inférieur suffit" in kept


def test_the_api_says_the_same(visitor: Visitors, caller: Callable[[str], Caller]) -> None:
    asked = "type=APPAREIL&unite=SOE&montant_cents=1&beneficiaire=U01"
    items = caller("P03").get(f"/signatories?{asked}").json["items"]
    assert [one["person"] for one in items if one["may_sign"]] == ["P32"]
    assert {one["person"]: one["reason"] for one in items if not one["may_sign"]}["P08"] == "SOD-03"


def test_what_cannot_be_answered_says_why_and_keeps_what_was_typed(visitor: Visitors) -> None:
    reader = ask(visitor("P03"), unite="", montant="beaucoup", beneficiaire="P99")
    assert "Choisissez l’unité budgétaire." in reader.said()
    assert "Écrivez un montant en dollars" in reader.said()
    assert reader.page.xpath("//input[@name='montant']/@value") == ["beaucoup"]
    ask(reader, beneficiaire="P99")
    assert reader.answer is not None
    assert (reader.answer.status_code, "reponse" in reader.said()) == (422, False)
    assert reader.page.xpath("//p[@id='beneficiaire-erreur']")


def test_it_is_found_from_every_page_of_someone_signed_in(visitor: Visitors, anyone: Visitor) -> None:
    reader = visitor("U01")
    reader.get("/aide")
    assert "Qui peut signer ?" in reader.said("//footer")
    anyone.get("/aide")
    assert "Qui peut signer ?" not in anyone.said("//footer")
