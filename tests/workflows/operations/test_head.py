"""What the head of the body decides: who signs when nobody may, and requests outside the plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workflows.operations.world import Walk, World
from workflows.errors import Forbidden, Invalid
from workflows.operations.shown import shown
from workflows.people.directory import actor_of
from workflows.people.models import Substitution
from workflows.signatures.act import live_act, unsigned
from workflows.signatures.evidence import evidence_of
from workflows.signatures.files import SignedFile

SUB_2 = timedelta(days=13)


def for_the_director(world: World) -> Walk:
    """DER-30: nobody in the plan may sign for P10."""
    walk = world.derogation(requester="P10", beneficiaire="P10", unite_budgetaire="DG")
    walk.by["R07"] = world.person("P11").id
    walk.to_r19()
    walk.do("acte.preparer", "R21")
    return walk


def test_the_head_signs_when_nobody_may(world: World) -> None:
    """DER-30."""
    walk = for_the_director(world)
    walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT")
    (row,) = evidence_of(world.session, walk.case.id)
    assert (row.record["qualite"], row.record["entree"], row.record["plan"]) == ("DIRIGEANT", None, None)
    assert row.record["declaration"] == (
        "En signant, j'engage Office de démonstration du Québec en ma qualité de dirigeant de l'organisme."
    )
    assert walk.do("signataires.determiner")["signatures_dues"] == 0


def test_the_head_proves_identity_again(world: World) -> None:
    with pytest.raises(Forbidden, match=r"guard\.G4"):
        for_the_director(world).complete("R21", "P01", None, None, decision="SIGNER_DIRIGEANT")


def test_the_head_does_not_sign_for_himself(world: World) -> None:
    walk = world.derogation(requester="P01", beneficiaire="P01", unite_budgetaire="DG")
    walk.to_r19()
    walk.do("acte.preparer", "R21")
    with pytest.raises(Forbidden, match=r"sod\.SOD-01"):
        walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT")


def test_the_head_replaces_one_of_two_and_the_other_remains(world: World) -> None:
    """DER-16."""
    world.now += SUB_2
    walk = world.derogation(prix_appareil_cents=1_000_001).to_r19()
    walk.do("acte.preparer", "R21")
    walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT")
    found = walk.do("signataires.determiner")
    assert (found["signatures_dues"], found["signataires_suffisants"], found["signataires"]) == (1, True, ["P11"])
    walk.do("acte.preparer", "R22")
    assert walk.do("signature.ouvrir")["nb_taches"] == 1
    walk.sign("P11", 2)
    assert walk.do("signature.resultat") == {"resultat": "SIGNEE"}
    records = [row.record for row in evidence_of(world.session, walk.case.id)]
    assert [(one["personne"], one["qualite"], one["entree"]) for one in records] == [
        ("P01", "DIRIGEANT", None),
        ("P11", "TITULAIRE", "DL-5"),
    ]


def test_the_head_does_not_sign_twice(world: World) -> None:
    world.now += SUB_2
    walk = world.derogation(prix_appareil_cents=1_000_001).to_r19()
    walk.do("acte.preparer", "R21")
    walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT")
    with pytest.raises(Forbidden, match=r"guard\.G8"):
        walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT")


def test_a_person_named_by_the_head_signs_alone(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=50_001).to_r19()
    walk.do("acte.preparer", "R21")
    walk.complete("R21", "P01", None, decision="DESIGNER", personne="P12")
    assert walk.do("signataires.determiner")["signataires"] == ["P12"]
    walk.do("acte.preparer", "R22")
    walk.do("signature.ouvrir")
    walk.sign("P12")
    assert evidence_of(world.session, walk.case.id)[0].record["entree"] == "DL-3"


@pytest.mark.parametrize("named", ["P08", "P32", "P05", "U01", "nobody", ""])
def test_a_person_without_the_entry_due_is_not_named(world: World, named: str) -> None:
    walk = world.derogation(prix_appareil_cents=50_001).to_r19()
    walk.do("acte.preparer", "R21")
    with pytest.raises(Invalid) as refused:
        walk.complete("R21", "P01", None, decision="DESIGNER", personne=named)
    assert set(refused.value.fields) == {"personne"}


def test_a_changed_amount_stops_the_head_too(world: World) -> None:
    walk = for_the_director(world)
    walk.answered["R08"]["prix_appareil_cents"] = 40_000
    effect = walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT")
    assert (effect.values, effect.refusal and effect.refusal.code) == ({"decision": "GARDE"}, "guard.G5")
    assert walk.do("signataires.determiner")["plan_change"] is True


def outside_the_plan(world: World) -> Walk:
    """DER-22."""
    walk = world.derogation(unite_budgetaire="SRM", prix_appareil_cents=60_000).to_r19()
    walk.do("acte.preparer", "R18")
    return walk


def test_an_authorisation_outside_the_plan_keeps_its_documents(world: World) -> None:
    walk = outside_the_plan(world)
    walk.attached["f1"] = SignedFile("f1", "resolution.pdf", "ab" * 32)
    motive = "Résolution du conseil du 8 décembre."
    walk.complete("R18", "P01", None, None, decision="AUTORISER_HORS_SYSTEME", motif=motive, pieces=["f1"])
    (row,) = evidence_of(world.session, walk.case.id)
    assert (row.kind, row.record["entree"]) == ("AUTORISATION_HORS_SYSTEME", None)
    assert row.record["fichiers"] == [{"id": "f1", "nom": "resolution.pdf", "sha256": "ab" * 32}]
    sealed = walk.do("acte.sceller")
    assert sealed["signe_le"] == "2026-12-09T15:00:00Z"


def test_an_authorisation_needs_a_document_of_the_case(world: World) -> None:
    with pytest.raises(Invalid):
        outside_the_plan(world).complete("R18", "P01", None, decision="AUTORISER_HORS_SYSTEME", pieces=["f9"])


def test_the_head_answers_the_technical_opinion_too(world: World) -> None:
    walk = world.derogation(au_catalogue=False, unite_budgetaire="DG")
    walk.answered["R13"] = {"avis": "DEFAVORABLE", "justification": "Aucun soutien prévu."}
    walk.to_r19()
    walk.do("acte.preparer", "R21")
    with pytest.raises(Invalid) as refused:
        walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT")
    assert set(refused.value.fields) == {"motif"}
    walk.complete("R21", "P01", None, decision="SIGNER_DIRIGEANT", motif="Le besoin prime.")


def test_whoever_stands_in_for_the_head_is_bound_by_the_same_rules(world: World) -> None:
    walk = for_the_director(world)
    standin = Substitution(
        organisation_id=world.organisation.id,
        code="SUB-9",
        titulaire_id=world.person("P01").id,
        substitute_id=world.person("P13").id,
        roles=["DIR"],
        valid_from=world.now,
        valid_until=world.now + SUB_2,
        instrument="note",
    )
    world.session.add(standin)
    world.session.flush()
    with pytest.raises(Forbidden, match=r"sod\.SOD-04"):
        walk.complete("R21", "P13", None, decision="SIGNER_DIRIGEANT")


def test_what_is_shown_is_what_is_signed(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=50_001).to_r23()
    actor = actor_of(world.session, world.person("P09"), world.now)
    page = shown(walk.context("R23", actor), 1, "fr")
    walk.sign("P09")
    (row,) = evidence_of(world.session, walk.case.id)
    assert page["declaration"] == row.record["declaration"]
    assert page["acte_sha256"] == row.record["acte_sha256"]
    assert page["acte"]["montants"]["cout_net_cents"] == 50_001


def test_someone_who_may_not_sign_is_shown_no_statement(world: World) -> None:
    walk = world.derogation().to_r23()
    actor = actor_of(world.session, world.person("P08"), world.now)
    assert "declaration" not in shown(walk.context("R23", actor), 1, "fr")
    act = live_act(world.session, walk.case.id)
    assert act is not None
    assert len(unsigned(world.session, act)) == 1
