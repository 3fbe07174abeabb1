"""The ways through the derogation's drawing, run by the engine."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bpmn.told import DRAWINGS, UNLIMITED, Told, Walk, at_signature
from workflows.engine import check

HEAD = "R01 R02 R03 R05 R06 R07 R08 R09 R10 R12 R15 R16 R17"
SIGNED = "R19 R20 R22 R23 R24"
NOTHING = {"cout_net_cents": 0, "montant_ref_cents": 0, "cumul_apres_cents": 0, "requiert": False, "derog": False}
FREE = {**NOTHING, **UNLIMITED}
LATER = datetime(2027, 6, 1, tzinfo=UTC)


def test_the_drawing_can_run_as_drawn() -> None:
    assert check(DRAWINGS) == ()


def to_the_end(walk: Walk) -> Walk:
    walk.do("R30").hear("prestataire.commande.confirmee", no_commande="1", prix_cents=50001)
    return walk.do("R38").do("R39", recu_conforme=True)


def test_a_request_is_signed_ordered_received_and_recorded() -> None:
    walk = to_the_end(at_signature().do("R23", decision="SIGNER"))
    assert " ".join(walk.steps) == f"{HEAD} {SIGNED} R27 R28 R30 R31 R32 R37 R38 R39 R40 R41"
    assert (walk.progress.ended, walk.progress.end, walk.open) == (True, "R41", [])
    expected = ["derogation.signature_requise", "derogation.signee", "ligne.imputee", "derogation.realisee"]
    assert walk.sent == expected


def test_what_is_free_goes_straight_to_the_order_without_any_limit() -> None:
    walk = at_signature(Told(montants__reserver=FREE))
    assert " ".join(walk.steps) == HEAD
    assert (walk.open, walk.progress.waits) == (["R30"], ())
    assert to_the_end(walk).progress.end == "R41"


def test_the_superior_s_own_request_needs_no_confirmation() -> None:
    walk = Walk(Told(demande__situer={"demandeur_est_superieur": True})).do("R05")
    assert walk.open == ["R08"]


@pytest.mark.parametrize(
    ("decision", "answers", "leads"),
    [("REFUSER", {}, "R91"), ("RETOURNER", {"destinataire": "DEMANDEUR"}, "R26"), ("CONFIRMER", {}, "R08")],
)
def test_a_confirmation_leads_on_back_or_out(decision: str, answers: dict[str, str], leads: str) -> None:
    walk = Walk().do("R05").do("R07", decision=decision, **answers)
    assert (walk.open or [walk.progress.end]) == [leads]


def test_without_a_contract_the_mandatary_attaches_the_request_or_closes_it() -> None:
    house = Told(contrat__verifier={"contrat_en_vigueur": False})
    assert Walk(house).open == ["R04"]
    assert Walk(house).do("R04", decision="FERMER").progress.end == "R94"
    attached = Walk(house).do("R04", decision="RATTACHER", contrat="CELL-DEMO")
    assert attached.open == ["R05"]
    assert ("R04a", "contrat.rattacher") in house.asked


def test_a_provider_outside_the_contract_ends_the_case() -> None:
    assert at_signature(Told(analyse__situer={"prestataire_rang": 0, "au_catalogue": False})).progress.end == "R92"


def test_outside_the_catalogue_both_opinions_are_asked_and_awaited() -> None:
    walk = at_signature(Told(analyse__situer={"prestataire_rang": 1, "au_catalogue": False}))
    assert walk.open == ["R13", "R14"]
    assert walk.do("R13", avis="DEFAVORABLE").open == ["R14"]
    assert walk.do("R14", avis="FAVORABLE").open == ["R23"]


def test_both_ranks_of_derogation_also_tell_the_mandatary() -> None:
    house = Told(analyse__situer={"prestataire_rang": 2, "au_catalogue": False})
    walk = at_signature(house)
    assert ("R12a", "notice.mandataire") in house.asked
    assert walk.do("R14", avis="FAVORABLE").do("R13", avis="FAVORABLE").open == ["R23"]


def test_the_second_rank_alone_asks_no_opinion() -> None:
    house = Told(analyse__situer={"prestataire_rang": 2, "au_catalogue": True})
    assert at_signature(house).open == ["R23"]
    assert ("R12a", "notice.mandataire") in house.asked


def unfavourable() -> Walk:
    walk = at_signature(Told(analyse__situer={"prestataire_rang": 1, "au_catalogue": False}))
    return walk.do("R13", avis="FAVORABLE").do("R14", avis="DEFAVORABLE")


@pytest.mark.parametrize(
    ("decision", "leads"), [("REFUSER", "R91"), ("LEVER_AVIS", "R23"), ("AUTORISER_HORS_SYSTEME", "R30")]
)
def test_the_head_decides_over_an_unfavourable_security_opinion(decision: str, leads: str) -> None:
    walk = unfavourable()
    assert walk.open == ["R18"]
    walk.do("R18", decision=decision)
    assert (walk.open or [walk.progress.end]) == [leads]


def test_an_opinion_once_lifted_stays_lifted_until_it_is_asked_again() -> None:
    walk = unfavourable().do("R18", decision="LEVER_AVIS")
    walk.house.told["signature.resultat"] = {"resultat": "GARDE_R16"}
    assert walk.do("R23", decision="GARDE", vers="R16").open == ["R23"]
    walk.house.told["signature.resultat"] = {"resultat": "GARDE_R08"}
    walk.do("R23", decision="GARDE", vers="R08").do("R08", decision="ANALYSER")
    assert walk.do("R13", avis="FAVORABLE").do("R14", avis="DEFAVORABLE").open == ["R18"]


def test_an_earlier_opinion_does_not_weigh_on_what_is_now_standard() -> None:
    walk = unfavourable()
    walk.do("R18", decision="LEVER_AVIS")
    walk.house.told["signature.resultat"] = {"resultat": "GARDE_R08"}
    walk.house.told["analyse.situer"] = {"prestataire_rang": 1, "au_catalogue": True}
    assert walk.do("R23", decision="GARDE", vers="R08").do("R08", decision="ANALYSER").open == ["R23"]


@pytest.mark.parametrize(
    ("outcome", "leads"),
    [
        ("SIGNEE", "R30"),
        ("REFUSEE", "R91"),
        ("RETOURNEE", "R26"),
        ("RECUSEE", "R23"),
        ("EXPIREE", "R93"),
        ("GARDE_R08", "R08"),
        ("GARDE_R19", "R23"),
        ("GARDE_R16", "R23"),
        ("GARDE_R04", "R04"),
    ],
)
def test_each_outcome_of_the_signature_has_its_way(outcome: str, leads: str) -> None:
    walk = at_signature(Told(signature__resultat={"resultat": outcome})).do("R23", decision="ANY")
    assert (walk.open or [walk.progress.end]) == [leads]


def test_a_level_passed_by_the_year_s_total_works_the_amounts_out_again() -> None:
    house = Told(signature__resultat={"resultat": "GARDE_R16"})
    walk = at_signature(house).do("R23", decision="GARDE", vers="R16")
    assert ("R16a", "montants.reserver") in house.asked
    assert walk.steps[-6:] == ["R24", "R16", "R17", "R19", "R20", "R22"]
