"""Signing: the evidence that it leaves, to whom it comes, and what else a signatory may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.workflows.operations.world import Walk, World
from workflows.contracts.reserve import line_of
from workflows.errors import Conflict, Forbidden, Invalid
from workflows.operations.completions import Effect
from workflows.operations.signatories import candidates_for, next_level, still_candidates
from workflows.signatures.act import content_of, live_act
from workflows.signatures.evidence import evidence_of
from workflows.signatures.models import Evidence

DAY = timedelta(days=1)


def evidence(walk: Walk) -> list[dict[str, object]]:
    """The records of a case."""
    return [row.record for row in evidence_of(walk.world.session, walk.case.id)]


def test_a_signature_leaves_its_evidence(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=1).to_r23()
    assert walk.sign("P32") == Effect()
    (record,) = evidence(walk)
    act = live_act(world.session, walk.case.id)
    assert act is not None
    assert record["acte_sha256"] == act.sha256
    assert (record["personne"], record["qualite"], record["titulaire"]) == ("P32", "TITULAIRE", None)
    assert (record["entree"], record["plan"], record["methode"], record["session"]) == (
        "DL-1",
        "PD-2026-04",
        "password",
        "session-1",
    )
    assert record["declaration"] == (
        "En signant, j'engage Office de démonstration du Québec en vertu de l'entrée DL-1 du plan de délégation "
        "PD-2026-04, en vigueur le 2026-12-09, dans la limite de 500,00\N{NO-BREAK SPACE}$ avant taxes."
    )
    assert walk.do("signature.resultat") == {"resultat": "SIGNEE"}
    assert walk.facts_of("signature.given") == [
        {"decision": "SIGNER", "quality": "TITULAIRE", "titulaire": None, "entry": "DL-1", "plan": "PD-2026-04"}
    ]


def test_a_substitute_signs_for_an_absent_director(world: World) -> None:
    world.now += 6 * DAY
    walk = world.derogation(prix_appareil_cents=50_001).to_r23()
    walk.sign("P12")
    (record,) = evidence(walk)
    assert (record["qualite"], record["titulaire"], record["substitution"]) == ("SUBSTITUT", "P09", "SUB-1")
    assert record["entree"] == "DL-2"


def test_two_joint_signatures_are_chained(world: World) -> None:
    """DER-14."""
    walk = world.derogation(prix_appareil_cents=1_000_001).to_r23()
    assert walk.case.facts["nb_taches"] == 2
    walk.sign("P10", 1)
    walk.sign("P11", 2)
    first, second = evidence_of(world.session, walk.case.id)
    assert second.previous_hash == second.record["precedent"] == first.hash
    assert walk.do("signature.resultat") == {"resultat": "SIGNEE"}


def test_signing_needs_a_fresh_proof_of_identity(world: World) -> None:
    walk = world.derogation().to_r23()
    with pytest.raises(Forbidden, match=r"guard\.G4"):
        walk.complete("R23", "P32", proof=None, decision="SIGNER")
    assert evidence(walk) == []


def test_nobody_signs_twice(world: World) -> None:
    """DER-16's rule, met at the second signature."""
    walk = world.derogation(prix_appareil_cents=1_000_001).to_r23()
    walk.sign("P11", 1)
    with pytest.raises(Forbidden, match=r"guard\.G8"):
        walk.sign("P11", 2)


def test_the_wait_stands_still_while_the_act_is_returned(world: World) -> None:
    """DER-36."""
    walk = world.derogation().to_r23()
    world.now += 2 * DAY
    walk.complete("R23", "P32", decision="RETOURNER", destinataire="DEMANDEUR", motif_decision="Quel usage ?")
    assert walk.do("signature.resultat") == {"resultat": "RETOURNEE"}
    world.now += 3 * DAY
    assert walk.do("signature.ouvrir")["expiration"] == "2027-01-11T15:00:00Z"


def test_stepping_aside_sends_the_request_to_the_others(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=50_001).to_r23()
    walk.complete("R23", "P09", decision="SE_RECUSER", motif_decision="Un proche vend ces appareils.")
    assert walk.do("signature.resultat") == {"resultat": "RECUSEE"}
    assert walk.do("signataires.determiner")["signataires"] == ["P10"]


def test_a_refusal_signs_nothing(world: World) -> None:
    walk = world.derogation().to_r23()
    walk.complete("R23", "P32", decision="REFUSER", motif_decision="Le besoin n'est pas démontré.")
    assert walk.do("signature.resultat") == {"resultat": "REFUSEE"}
    assert evidence(walk) == []
    walk.do("reservation.liberer")
    line = line_of(world.session, walk.case.id)
    assert line is not None
    assert line.state == "LIBEREE"


def test_signing_against_the_technical_opinion_asks_why(world: World) -> None:
    walk = world.derogation(au_catalogue=False)
    walk.answered["R13"] = {"avis": "DEFAVORABLE", "justification": "Aucun soutien prévu."}
    walk.to_r23()
    with pytest.raises(Invalid) as refused:
        walk.sign("P09")
    assert set(refused.value.fields) == {"motif_malgre_avis"}
    walk.sign("P09", motif_malgre_avis="Le besoin prime pour la saison.")
    assert evidence(walk)[0]["motif_malgre_avis"] == "Le besoin prime pour la saison."


def test_an_act_that_bears_a_signature_stays_as_it_is(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=1_000_001).to_r23()
    before = walk.case.facts["acte_sha256"]
    walk.sign("P10", 1)
    walk.complete("R23", "P11", 2, decision="SE_RECUSER")
    walk.do("signature.resultat")
    found = walk.do("signataires.determiner")
    assert (found["signatures_dues"], found["signataires_suffisants"]) == (1, False)
    assert walk.do("acte.preparer")["acte_sha256"] == before
    assert len(evidence(walk)) == 1


def test_a_signature_given_leaves_no_second_task(world: World) -> None:
    walk = world.derogation().to_r23()
    walk.sign("P32")
    with pytest.raises(Conflict, match=r"task\.done"):
        walk.sign("P09")


def test_the_act_says_all_but_who_signs_and_nothing_sensitive(world: World) -> None:
    walk = world.derogation(motif=["ACCESSIBILITE", "COUVERTURE"]).to_r23()
    act = live_act(world.session, walk.case.id)
    assert act is not None
    content = content_of(act)
    assert content["motif"] == ["COUVERTURE"]
    assert content["montants"]["cumul_avant_cents"] == 0
    assert content["delegation"] == {"niveau": "N1", "nb_signatures": 1, "regle": "S2", "plan": "PD-2026-04"}
    assert "P32" not in act.canonical


def test_the_database_refuses_to_change_evidence(world: World) -> None:
    walk = world.derogation().to_r23()
    walk.sign("P32")
    with pytest.raises(IntegrityError):
        world.session.execute(update(Evidence).values(kind="AUTRE"))


def test_an_open_signature_gains_the_substitute_then_the_next_level(world: World) -> None:
    """DER-34."""
    walk = world.derogation(prix_appareil_cents=50_001).to_r23()
    context = walk.context("R23")
    assert [one.code for one in candidates_for(context, 1).named] == ["P09"]
    world.now += timedelta(days=4, hours=14)
    present = [world.person("P09").id]
    found = still_candidates(walk.context("R23"), 1, present)
    assert sorted(one.code for one in found.named) == ["P09", "P12"]
    present.append(world.person("P12").id)
    assert [one.code for one in next_level(walk.context("R23"), 1, present).named] == ["P10"]
    present.append(world.person("P10").id)
    assert len(still_candidates(walk.context("R23"), 1, present).named) == 3


def test_someone_added_by_an_escalation_may_sign(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=50_001).to_r23()
    walk.sign("P10")
    assert evidence(walk)[0]["entree"] == "DL-4"


def test_those_kept_out_by_a_rule_are_told_which(world: World) -> None:
    walk = world.derogation().to_r23()
    found = candidates_for(walk.context("R23"), 1)
    assert found.excluded == {world.person("P08").id: "SOD-03"}
    assert found.named[0].ground == {
        "entree": "DL-1",
        "plan": "PD-2026-04",
        "niveau": "N1",
        "qualite": "TITULAIRE",
        "titulaire": None,
        "substitution": None,
        "plafond_cents": 50_000,
    }
