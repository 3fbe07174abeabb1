"""What binds the body, in the browsers of those who bind it: a return that changes the amount, two joint signatures."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.device import REQUEST, People, analyse
from tests.journeys.reader import PASSWORD

SIGN = {"decision": "SIGNER", "mot_de_passe": PASSWORD}
HEADQUARTERS = {**REQUEST, "unite_budgetaire": "DTI"}
"""A unit of which no other journey asks anything: related requests would be added up."""


def asked(people: People, price: str) -> str:
    """U01 asks, P08 confirms, P03 analyses."""
    asker = people("U01")
    number = asker.start()
    asker.answer(HEADQUARTERS, check=False)
    manager = people("P08")
    manager.open_task(number)
    manager.answer({"decision": "CONFIRMER", "imputation": "123-45"}, check=False)
    analyse(people, number, price)
    return number


def test_a_returned_request_comes_back_with_another_amount_to_another_signatory(reader: People) -> None:
    number = asked(reader, "300,00")
    first = reader("P32")
    first.open_task(number)
    expect(first.page.locator(".pc-amount")).to_contain_text("300,00")
    question = "Un seul appareil suffit-il pour toute l’équipe ?"
    first.answer({"decision": "RETOURNER", "destinataire": "DEMANDEUR", "motif_decision": question})
    asker = reader("U01")
    asker.open_task(number)
    expect(asker.page.locator("main")).to_contain_text(question)
    asker.answer({"reponse": "Non, il en faut deux.", "modifications.quantite": "2"})
    analyst = reader("P03")
    analyst.open_task(number)
    analyst.answer({"decision": "ANALYSER"})
    first.open(f"/corbeille?boite=queue&q={number}")
    assert first.page.locator("[data-row]").count() == 0
    second = reader("P28")
    second.open_task(number)
    expect(second.page.locator(".pc-amount")).to_contain_text("600,00")
    second.answer(SIGN)
    expect(second.page.locator("main")).to_contain_text("1 signature")
    reader("P03").open_task(number)


def test_two_joint_signatures_bind_together(reader: People) -> None:
    number = asked(reader, "10000,01")
    first = reader("P10")
    first.open_task(number)
    expect(first.page.locator(".pc-act")).to_contain_text("les deux signatures sont requises")
    first.answer(SIGN)
    expect(first.page.locator("main")).to_contain_text("sera scellée quand toutes les signatures")
    first.open(f"/corbeille?boite=queue&q={number}")
    assert first.page.locator("[data-row]").count() == 0
    second = reader("P11")
    second.open_task(number)
    second.answer(SIGN)
    expect(second.page.locator("main")).to_contain_text("2 signatures")
    reader("P03").open_task(number)
