"""What signatories, the head, the mandatary and those who give opinions may answer."""

from __future__ import annotations

import pytest

from tests.workflows.forms.world import at_the_desk, flaws, the_form

UNFAVOURABLE = {"derog_techno": True, "R13": {"avis": "DEFAVORABLE"}}


@pytest.mark.parametrize("decision", ["SIGNER", "SE_RECUSER"])
def test_signing_and_recusing_need_no_word(decision: str) -> None:
    assert the_form("F-R4").check({"decision": decision}, at_the_desk()) == {"decision": decision}


@pytest.mark.parametrize(
    ("reason", "code"), [("", "form.required"), ("x" * 19, "form.too_short"), ("x" * 1001, "form.too_long")]
)
def test_a_refusal_is_given_a_reason(reason: str, code: str) -> None:
    assert flaws(the_form("F-R4"), {"decision": "REFUSER", "motif_decision": reason}) == {"motif_decision": [code]}


def test_a_return_takes_a_short_question() -> None:
    answers = {"decision": "RETOURNER", "destinataire": "RCELL", "motif_decision": "Pourquoi ?"}
    assert the_form("F-R4").check(answers, at_the_desk()) == answers


def test_a_decision_is_never_kept_from_what_is_shown() -> None:
    assert flaws(the_form("F-R4"), {}, at_the_desk(shown={"decision": "SIGNER"})) == {"decision": ["form.required"]}


def test_signing_despite_an_unfavourable_opinion_is_given_a_reason() -> None:
    form = the_form("F-R4")
    assert flaws(form, {"decision": "SIGNER"}, at_the_desk(**UNFAVOURABLE)) == {"motif_malgre_avis": ["form.required"]}
    answers = {"decision": "SIGNER", "motif_malgre_avis": "Aucun autre appareil ne convient."}
    assert form.check(answers, at_the_desk(**UNFAVOURABLE)) == answers
    refusal = {"decision": "REFUSER", "motif_decision": "L'avis technique est juste."}
    assert form.check(refusal, at_the_desk(**UNFAVOURABLE)) == refusal


def test_an_opinion_on_what_is_no_longer_asked_needs_no_reason() -> None:
    context = at_the_desk(derog_techno=False, R13={"avis": "DEFAVORABLE"})
    assert the_form("F-R4").check({"decision": "SIGNER"}, context) == {"decision": "SIGNER"}


@pytest.mark.parametrize("avis", ["FAVORABLE", "FAVORABLE_AVEC_CONDITIONS", "DEFAVORABLE"])
def test_an_opinion_comes_with_its_justification(avis: str) -> None:
    answers = {"avis": avis, "justification": "Appareil éprouvé."}
    assert the_form("F-R9").check(answers, at_the_desk()) == answers
    assert flaws(the_form("F-R9"), {"avis": avis}) == {"justification": ["form.required"]}


def test_the_head_always_gives_a_reason() -> None:
    assert flaws(the_form("F-R18"), {"decision": "REFUSER"}) == {"motif": ["form.required"]}
    assert flaws(the_form("F-R18"), {"decision": "REFUSER", "motif": "x" * 19}) == {"motif": ["form.too_short"]}


def test_an_authorisation_given_elsewhere_comes_with_its_act() -> None:
    answers = {"decision": "AUTORISER_HORS_SYSTEME", "motif": "Décret adopté le 8 décembre."}
    assert flaws(the_form("F-R18"), answers) == {"pieces": ["form.required"]}
    assert the_form("F-R18").check({**answers, "pieces": ["f1"]}, at_the_desk())["pieces"] == ["f1"]


@pytest.mark.parametrize(
    ("known", "accepted"),
    [
        ({"niveau": "N2", "R14": {"avis": "DEFAVORABLE"}}, True),
        ({"niveau": "N5", "R14": {"avis": "DEFAVORABLE"}}, False),
        ({"niveau": "N5"}, False),
        ({}, False),
    ],
)
def test_an_opinion_is_lifted_only_when_it_is_what_stands_in_the_way(known: dict[str, object], accepted: bool) -> None:
    answers = {"decision": "LEVER_AVIS", "motif": "Le risque est accepté pour un an."}
    if accepted:
        assert the_form("F-R18").check(answers, at_the_desk(**known)) == answers
    else:
        assert flaws(the_form("F-R18"), answers, at_the_desk(**known)) == {"decision": ["form.nothing_to_lift"]}


def test_naming_a_signatory_names_a_person() -> None:
    form = the_form("F-R10")
    assert flaws(form, {"decision": "DESIGNER"}) == {"personne": ["form.required"]}
    assert form.check({"decision": "DESIGNER", "personne": "P08"}, at_the_desk())["personne"] == "P08"
    assert form.check({"decision": "SIGNER_DIRIGEANT"}, at_the_desk()) == {"decision": "SIGNER_DIRIGEANT"}
    assert flaws(form, {"decision": "NOMMER"}) == {"personne": ["form.required"]}


def test_a_request_without_contract_is_attached_or_closed() -> None:
    form = the_form("F-R04")
    assert flaws(form, {"decision": "RATTACHER"}) == {"contrat": ["form.required"]}
    assert form.check({"decision": "RATTACHER", "contrat": "CELL-DEMO"}, at_the_desk())["contrat"] == "CELL-DEMO"
    assert form.check({"decision": "FERMER"}, at_the_desk()) == {"decision": "FERMER"}
