"""Joint signatures, returns, prices, timers: the ways back through the derogation's drawing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bpmn.told import Told, Walk, at_signature

LATER = datetime(2027, 6, 1, tzinfo=UTC)
TWO = {"nb_taches": 2, "expiration": "2027-01-08T10:00:00-05:00"}
HIGH = {
    "cout_net_cents": 1_000_001,
    "montant_ref_cents": 1_000_001,
    "cumul_apres_cents": 1_000_001,
    "requiert": True,
    "derog": False,
}


def two_to_sign() -> Walk:
    return at_signature(Told(montants__reserver=HIGH, signature__ouvrir=TWO))


def test_two_signatures_are_two_tasks_at_once() -> None:
    walk = two_to_sign()
    assert walk.open == ["R23", "R23"]
    assert walk.do("R23", decision="SIGNER").open == ["R23"]
    assert walk.do("R23", decision="SIGNER").open == ["R30"]


@pytest.mark.parametrize("decision", ["REFUSER", "RETOURNER", "SE_RECUSER", "GARDE"])
def test_anything_else_than_a_signature_withdraws_the_other_task(decision: str) -> None:
    walk = two_to_sign()
    walk.house.told["signature.resultat"] = {"resultat": "REFUSEE"}
    assert walk.do("R23", rank=1, decision=decision).progress.end == "R91"


def test_an_earlier_return_does_not_end_the_next_round() -> None:
    walk = two_to_sign()
    walk.house.told["signature.resultat"] = {"resultat": "RETOURNEE"}
    walk.do("R23", decision="RETOURNER", destinataire="DEMANDEUR")
    walk.house.told["precisions.appliquer"] = {"suite": "R23"}
    assert walk.do("R26").open == ["R23", "R23"]
    assert walk.do("R23", rank=1, decision="SIGNER").open == ["R23"]


def test_too_few_signatories_lead_to_the_head() -> None:
    house = Told(signataires__determiner={"signataires_suffisants": False, "signatures_dues": 1, "plan_change": False})
    walk = at_signature(house)
    assert walk.open == ["R21"]
    assert ("R21a", "acte.preparer") in house.asked
    assert walk.do("R21", decision="SIGNER_DIRIGEANT").open == ["R30"]


def test_the_head_s_signature_replaces_one_of_two() -> None:
    few = {"signataires_suffisants": False, "signatures_dues": 2, "plan_change": False}
    walk = at_signature(Told(montants__reserver=HIGH, signataires__determiner=few))
    walk.house.told["signataires.determiner"] = {**few, "signataires_suffisants": True, "signatures_dues": 1}
    assert walk.do("R21", decision="SIGNER_DIRIGEANT").open == ["R23"]


def test_nothing_is_asked_when_every_signature_is_already_given() -> None:
    few = {"signataires_suffisants": False, "signatures_dues": 2, "plan_change": False}
    walk = at_signature(Told(montants__reserver=HIGH, signataires__determiner=few))
    walk.house.told["signataires.determiner"] = {**few, "signataires_suffisants": True, "signatures_dues": 0}
    assert walk.do("R21", decision="SIGNER_DIRIGEANT").open == ["R30"]


def test_a_named_signatory_is_looked_for_again() -> None:
    few = {"signataires_suffisants": False, "signatures_dues": 1, "plan_change": False}
    walk = at_signature(Told(signataires__determiner=few))
    walk.house.told["signataires.determiner"] = {**few, "signataires_suffisants": True}
    assert walk.do("R21", decision="DESIGNER", personne="P10").open == ["R23"]


@pytest.mark.parametrize(("after", "leads"), [("R06", "R07"), ("R07", "R07"), ("R08", "R08"), ("R23", "R23")])
def test_details_lead_back_to_where_they_matter(after: str, leads: str) -> None:
    walk = at_signature(Told(signature__resultat={"resultat": "RETOURNEE"}, precisions__appliquer={"suite": after}))
    assert walk.do("R23", decision="RETOURNER").do("R26").open == [leads]


def test_the_analyst_may_ask_for_details_too() -> None:
    walk = Walk().do("R05").do("R07", decision="CONFIRMER").do("R08", decision="RETOURNER")
    assert walk.open == ["R26"]
    assert walk.do("R26").open == ["R08"]


@pytest.mark.parametrize(
    ("message", "back", "leads"),
    [
        ("prestataire.prix.modifie", "R08", ["R08"]),
        ("prestataire.commande.confirmee", "R15", ["R23"]),
    ],
)
def test_a_dearer_price_holds_the_order_and_leads_back(message: str, back: str, leads: list[str]) -> None:
    walk = at_signature().do("R23", decision="SIGNER").do("R30")
    walk.house.told["prix.comparer"] = {"prix_accepte": False, "retour": back}
    assert walk.hear(message, no_commande="1").open == leads
    assert walk.progress.waits == () or {wait.kind for wait in walk.progress.waits} == {"timer"}


def test_a_wrong_device_is_received_again() -> None:
    walk = at_signature().do("R23", decision="SIGNER").do("R30").hear("prestataire.commande.confirmee")
    assert walk.do("R38").do("R39", recu_conforme=False).open == ["R38"]


@pytest.mark.parametrize(
    ("prepare", "timer", "end"),
    [
        (lambda: Walk(), "R05b", "R95"),
        (lambda: Walk().do("R05").do("R07", decision="RETOURNER"), "R26b", "R95"),
        (lambda: at_signature().do("R23", decision="SIGNER"), "R30b", "R96"),
    ],
    ids=["draft", "details", "order"],
)
def test_a_limit_reached_ends_the_case(prepare, timer: str, end: str) -> None:  # type: ignore[no-untyped-def]
    walk = prepare().ring(timer, LATER)
    assert (walk.progress.ended, walk.progress.end) == (True, end)


def test_a_signature_never_given_expires() -> None:
    walk = at_signature()
    walk.house.told["signature.resultat"] = {"resultat": "EXPIREE"}
    walk.ring("R23b", LATER)
    assert walk.progress.end == "R93"
    assert walk.steps[-2:] == ["R24", "R93"]
    assert walk.sent[-1] == "derogation.expiree"


def test_the_signature_s_limit_rings_at_the_hour_that_was_worked_out() -> None:
    walk = at_signature()
    (wait,) = [wait for wait in walk.progress.waits if wait.step == "R23b"]
    assert wait.due_at == datetime(2027, 1, 8, 15, tzinfo=UTC)
    assert wait.attached_to == "R23"


def test_a_free_device_after_a_signature_loses_the_limit_of_that_signature() -> None:
    walk = at_signature().do("R23", decision="SIGNER").do("R30")
    walk.house.told["prix.comparer"] = {"prix_accepte": False, "retour": "R08"}
    walk.hear("prestataire.prix.modifie")
    walk.house.told["montants.reserver"] = {**HIGH, "requiert": False, "montant_ref_cents": 0}
    assert walk.do("R08", decision="ANALYSER").open == ["R30"]
    assert walk.progress.waits == ()
