"""What ordering, receiving and acknowledging accept (F-R6, F-R7, F-R8)."""

from __future__ import annotations

import pytest

from tests.workflows.forms.world import at_the_desk, flaws, the_form

RECEIPT = {
    "no_ligne": "+14185550101",
    "profil_securite_installe": True,
    "imputabilite": {"personne": "U01", "unite": "SOE"},
}


def test_an_order_has_its_number_its_date_and_its_price() -> None:
    order = {"no_commande": "TLS-884213", "date_commande": "2026-12-09", "prix_confirme_cents": 50001}
    assert the_form("F-R6").check(order, at_the_desk()) == order
    assert set(flaws(the_form("F-R6"), {})) == set(order)


def test_a_line_is_answered_for_by_a_person_and_a_unit() -> None:
    form = the_form("F-R7")
    assert form.check(RECEIPT, at_the_desk()) == RECEIPT
    assert flaws(form, {**RECEIPT, "imputabilite": {"personne": "U01"}}) == {"imputabilite.unite": ["form.required"]}
    assert flaws(form, {**RECEIPT, "imputabilite": {}}) == {"imputabilite": ["form.required"]}
    assert flaws(form, {**RECEIPT, "imputabilite": "U01"}) == {"imputabilite": ["form.type"]}
    stranger = {"personne": "U01", "unite": "XYZ"}
    assert flaws(form, {**RECEIPT, "imputabilite": stranger}) == {"imputabilite.unite": ["form.unknown_reference"]}


@pytest.mark.parametrize("imei", ["490154203237518", "356938035643809", "000000000000000"])
def test_a_true_imei_is_kept(imei: str) -> None:
    assert the_form("F-R7").check({**RECEIPT, "imei": imei}, at_the_desk())["imei"] == imei


@pytest.mark.parametrize("imei", ["490154203237517", "49015420323751", "49015420323751a", "٤٩٠١٥٤٢٠٣٢٣٧٥١٨"])
def test_a_wrong_imei_is_seen(imei: str) -> None:
    assert flaws(the_form("F-R7"), {**RECEIPT, "imei": imei}) == {"imei": ["form.imei"]}


@pytest.mark.parametrize(("iccid", "good"), [("8" * 19, True), ("8" * 20, True), ("8" * 18, False), ("8" * 21, False)])
def test_a_card_has_nineteen_or_twenty_digits(iccid: str, good: bool) -> None:
    answers = {**RECEIPT, "iccid": iccid}
    if good:
        assert the_form("F-R7").check(answers, at_the_desk())["iccid"] == iccid
    else:
        assert list(flaws(the_form("F-R7"), answers)) == ["iccid"]


def test_no_is_an_answer_to_a_yes_or_no_question() -> None:
    answers = {"recu_conforme": False, "bonnes_pratiques_lues": True}
    assert the_form("F-R8").check(answers, at_the_desk()) == answers
    assert flaws(the_form("F-R8"), {"recu_conforme": True}) == {"bonnes_pratiques_lues": ["form.required"]}


@pytest.mark.parametrize("value", ["true", 1, 0, [True]])
def test_a_yes_or_no_question_takes_nothing_else(value: object) -> None:
    answers = {"recu_conforme": value, "bonnes_pratiques_lues": True}
    assert flaws(the_form("F-R8"), answers) == {"recu_conforme": ["form.boolean"]}


def test_the_drawing_reads_only_what_routes_the_case() -> None:
    form = the_form("F-R8")
    kept = form.check({"recu_conforme": False, "bonnes_pratiques_lues": True, "ecart": "Écran fêlé."}, at_the_desk())
    assert form.process_values(kept) == {"recu_conforme": False}
