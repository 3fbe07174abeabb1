"""What the analysis accepts: amounts, charges, ranks, related requests (F-R3)."""

from __future__ import annotations

import pytest

from tests.workflows.forms.world import ANALYSIS, COVERAGE, SECOND_RANK, at_the_desk, flaws, the_form


def test_an_analysis_is_kept_as_it_was_written() -> None:
    assert the_form("F-R3").check(ANALYSIS, at_the_desk()) == dict(ANALYSIS)


def test_analysing_is_what_is_meant_when_no_decision_is_said() -> None:
    answers = {key: value for key, value in ANALYSIS.items() if key != "decision"}
    assert the_form("F-R3").check(answers, at_the_desk())["decision"] == "ANALYSER"


def test_an_analysis_needs_the_device_and_its_price_but_a_return_does_not() -> None:
    needed = ["au_catalogue", "modele", "prestataire", "prix_appareil_cents"]
    assert flaws(the_form("F-R3"), {"decision": "ANALYSER"}) == {key: ["form.required"] for key in needed}
    returned = {"decision": "RETOURNER", "destinataire": "DEMANDEUR", "motif_decision": "Quel modèle ?"}
    assert the_form("F-R3").check(returned, at_the_desk()) == returned


@pytest.mark.parametrize("amount", [-1, 0.01, 10.0, True, "10", "10,00", [10], 10**13])
def test_money_is_whole_cents(amount: object) -> None:
    assert flaws(the_form("F-R3"), {**ANALYSIS, "prix_appareil_cents": amount}) == {
        "prix_appareil_cents": ["form.money"]
    }


@pytest.mark.parametrize("amount", [0, 1, 120000])
def test_a_price_may_be_nothing(amount: int) -> None:
    kept = the_form("F-R3").check({**ANALYSIS, "prix_appareil_cents": amount}, at_the_desk())
    assert kept["prix_appareil_cents"] == amount


def test_the_credit_does_not_exceed_the_price() -> None:
    form = the_form("F-R3")
    assert form.check({**ANALYSIS, "credit_cents": 50001}, at_the_desk())["credit_cents"] == 50001
    assert flaws(form, {**ANALYSIS, "credit_cents": 50002}) == {"credit_cents": ["form.credit_above_price"]}


def test_charges_are_lines_of_a_type_and_an_amount() -> None:
    charges = [{"type": "ACTIVATION", "cents": 2500}, {"type": "PENALITE", "cents": 0}]
    assert the_form("F-R3").check({**ANALYSIS, "frais": charges}, at_the_desk())["frais"] == charges


@pytest.mark.parametrize(
    ("charges", "key", "code"),
    [
        ([{"type": "APPAREIL", "cents": 1}], "frais.0.type", "form.choice"),
        ([{"type": "ACTIVATION", "cents": -1}], "frais.0.cents", "form.money"),
        ([{"type": "ACTIVATION"}], "frais.0.cents", "form.required"),
        ([{"type": "ACTIVATION", "cents": 1, "x": 1}], "frais.0.x", "form.unknown_key"),
        ([["ACTIVATION", 1]], "frais", "form.type"),
        ({"type": "ACTIVATION", "cents": 1}, "frais", "form.type"),
        ([{"type": "ACTIVATION", "cents": 1}] * 21, "frais", "form.too_many"),
    ],
)
def test_charges_refuse(charges: object, key: str, code: str) -> None:
    assert flaws(the_form("F-R3"), {**ANALYSIS, "frais": charges}) == {key: [code]}


def test_a_computed_key_is_ignored_when_sent() -> None:
    answers = {**ANALYSIS, "prestataire_rang": 2, "demandes_apparentees": {"any": "thing"}}
    assert the_form("F-R3").check(answers, at_the_desk()) == dict(ANALYSIS)


def test_the_second_rank_needs_its_motive_evidence_and_length() -> None:
    form = the_form("F-R3")
    assert form.check(SECOND_RANK, at_the_desk(**COVERAGE)) == dict(SECOND_RANK)
    bare = {**ANALYSIS, "prestataire": "ROGERS"}
    needed = {"preuve_couverture": ["form.required"], "duree_derogation_mois": ["form.required"]}
    assert flaws(form, bare, at_the_desk(**COVERAGE)) == needed


@pytest.mark.parametrize(
    ("motives", "length", "accepted"),
    [
        (["COUVERTURE"], 30, True),
        (["SECURITE", "DISPONIBILITE"], 30, True),
        (["AUTRE"], 99, False),
        (["AUTRE"], 100, True),
        (["BESOIN_SPECIALISE"], 500, False),
    ],
)
def test_the_motive_of_the_request_allows_the_second_rank_or_not(
    motives: list[str], length: int, accepted: bool
) -> None:
    context = at_the_desk(R05={"motif": motives, "justification": "x" * length})
    if accepted:
        assert the_form("F-R3").check(SECOND_RANK, context)
    else:
        assert flaws(the_form("F-R3"), SECOND_RANK, context) == {"prestataire": ["form.second_rank_motive"]}


def test_the_second_rank_is_refused_when_the_request_s_motive_is_not_known() -> None:
    assert flaws(the_form("F-R3"), SECOND_RANK) == {"prestataire": ["form.second_rank_motive"]}


@pytest.mark.parametrize(
    ("months", "code"), [(0, "form.too_small"), (25, "form.too_large"), (16, "form.beyond_contract")]
)
def test_a_derogation_lasts_no_longer_than_the_contract(months: int, code: str) -> None:
    answers = {**SECOND_RANK, "duree_derogation_mois": months}
    assert flaws(the_form("F-R3"), answers, at_the_desk(**COVERAGE)) == {"duree_derogation_mois": [code]}


def test_a_derogation_may_last_to_the_end_of_the_contract() -> None:
    answers = {**SECOND_RANK, "duree_derogation_mois": 15}
    assert the_form("F-R3").check(answers, at_the_desk(**COVERAGE))["duree_derogation_mois"] == 15


def test_a_provider_outside_the_contract_needs_no_evidence() -> None:
    answers = {**ANALYSIS, "prestataire": "AUTRE"}
    assert the_form("F-R3").check(answers, at_the_desk()) == answers


def test_a_related_request_is_unlinked_with_a_reason() -> None:
    form = the_form("F-R3")
    unlinked = [{"dossier": "DER-2026-000001", "motif": "Une autre équipe, un autre budget."}]
    assert form.check({**ANALYSIS, "demandes_deliees": unlinked}, at_the_desk())["demandes_deliees"] == unlinked
    short = [{"dossier": "DER-2026-000001", "motif": "trop court"}]
    assert flaws(form, {**ANALYSIS, "demandes_deliees": short}) == {"demandes_deliees.0.motif": ["form.too_short"]}
    assert flaws(form, {**ANALYSIS, "demandes_deliees": unlinked * 2}) == {"demandes_deliees": ["form.duplicate"]}
    stranger = [{"dossier": "DER-2026-000009", "motif": "Une autre équipe, un autre budget."}]
    assert flaws(form, {**ANALYSIS, "demandes_deliees": stranger}) == {
        "demandes_deliees.0.dossier": ["form.unknown_reference"]
    }
