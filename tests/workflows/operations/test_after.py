"""After the decision: sealed, ordered, dearer or cheaper than signed, details asked for, told to whom it concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.workflows.operations.world import Walk, World
from workflows.contracts.models import BudgetLine
from workflows.contracts.reserve import line_of
from workflows.notices.models import Notice
from workflows.people.models import Person
from workflows.signatures.act import live_act

DAY = timedelta(days=1)
REASON = "Deux équipes distinctes, deux besoins."


def line(walk: Walk) -> BudgetLine:
    """The money of a case."""
    found = line_of(walk.world.session, walk.case.id)
    assert found is not None
    return found


def told(walk: Walk) -> list[tuple[str, str]]:
    """Who was told what."""
    walk.world.session.flush()
    query = select(Person.code, Notice.kind).join(Notice, Notice.person_id == Person.id)
    rows = walk.world.session.execute(query.where(Notice.case_id == walk.case.id))
    return [(code, kind) for code, kind in rows]


def signed(world: World, **changes: Any) -> Walk:
    """A signed request of 649,00 $."""
    walk = world.derogation(**{"prix_appareil_cents": 64_900, **changes}).to_r23()
    walk.sign("P09")
    walk.do("signature.resultat")
    walk.do("acte.sceller", "R27")
    return walk


def test_a_sealed_act_engages_the_year_of_its_last_signature(world: World) -> None:
    """DER-42: signed on 11 December, to be ordered by 11 March."""
    world.now += 2 * DAY
    walk = signed(world)
    assert (line(walk).state, line(walk).cents) == ("ENGAGEMENT", 64_900)
    facts = walk.case.facts
    assert (facts["exercice"], facts["validite_commande"]) == ("2026-2027", "2027-03-11T15:00:00Z")


def test_a_network_derogation_is_looked_at_again_sixty_days_before_its_end(world: World) -> None:
    world.now += DAY
    walk = signed(world, prestataire="ROGERS", duree_derogation_mois=12)
    assert walk.case.facts["fin_derogation"] == "2027-12-10"
    assert walk.case.facts["reevaluation_le"] == "2027-10-11T12:30:00Z"


def test_a_dearer_price_sends_the_request_back_with_its_age(world: World) -> None:
    """DER-39."""
    walk = signed(world)
    walk.answered["R34"] = {"nouveau_prix_cents": 69_900}
    found = walk.do("prix.comparer", "R37")
    assert (found["prix_accepte"], found["retour"]) == (False, "R08")
    assert walk.answered["R08"]["prix_appareil_cents"] == 69_900
    assert (line(walk).state, line(walk).age) == ("RESERVATION", walk.age)
    assert live_act(world.session, walk.case.id) is None


def test_a_cheaper_price_lowers_the_engagement(world: World) -> None:
    """DER-39, at 599,00 $."""
    walk = signed(world)
    walk.answered["R34"] = {"nouveau_prix_cents": 59_900}
    assert walk.do("prix.comparer", "R37")["prix_accepte"] is True
    walk.do("facturation.informer", "R40")
    assert line(walk).cents == 59_900
    assert told(walk) == [("P07", "derogation.billing")]


def test_a_price_within_the_tolerance_is_accepted(world: World) -> None:
    world.organisation.settings = {**world.organisation.settings, "tolerance_prix_pct": 10}
    walk = signed(world)
    walk.answered["R32"] = {"prix_cents": 71_390}
    assert walk.do("prix.comparer")["prix_accepte"] is True
    walk.answered["R32"] = {"prix_cents": 71_391}
    assert walk.do("prix.comparer")["prix_accepte"] is False


def test_a_free_device_that_is_free_no_more_is_weighed_again(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=0).to_r19()
    walk.answered["R32"] = {"prix_cents": 1}
    found = walk.do("prix.comparer")
    assert (found["prix_accepte"], found["retour"]) == (False, "R15")
    walk.do("montants.reserver")
    walk.rule()
    assert walk.case.facts["niveau"] == "N1"


def test_an_unused_signature_gives_the_money_back(world: World) -> None:
    walk = signed(world)
    walk.do("engagement.renverser", "R96")
    assert line(walk).state == "RENVERSEE"


def test_a_refused_request_is_not_related_to_the_next(world: World) -> None:
    walk = world.derogation().to_r19()
    walk.do("reservation.liberer", "R91")
    world.now += DAY
    assert world.derogation().to_r19().case.facts["demandes_apparentees"] == []


def asked(world: World, step: str, **changes: Any) -> tuple[Walk, str]:
    """Details asked for by a step, answered with changes; where the case resumes."""
    walk = world.derogation().to_r23()
    walk.answered["R07"] = {"decision": "CONFIRMER"}
    walk.answered[step] = {**walk.answered.get(step, {}), "decision": "RETOURNER"}
    walk.answered["R26"] = {"reponse": "Voici.", "modifications": changes}
    return walk, str(walk.do("precisions.appliquer")["suite"])


@pytest.mark.parametrize(
    ("step", "changes", "resumes", "kept"),
    [
        ("R07", {}, "R07", True),
        ("R08", {}, "R08", True),
        ("R23", {}, "R23", True),
        ("R23", {"justification": "Une justification plus longue que la première."}, "R23", True),
        ("R23", {"quantite": 1}, "R23", True),
        ("R23", {"quantite": 2}, "R08", False),
        ("R23", {"imputation": "999-99"}, "R08", False),
        ("R23", {"modele": "Modèle B"}, "R08", False),
        ("R23", {"prix_appareil_cents": 29_999}, "R08", False),
        ("R23", {"prestataire": "ROGERS"}, "R08", False),
        ("R23", {"beneficiaire": "U03"}, "R06", False),
        ("R08", {"quantite": 2}, "R08", False),
        ("R07", {"quantite": 2}, "R07", False),
    ],
)
def test_details_lead_where_what_they_change_asks(
    world: World, step: str, changes: dict[str, Any], resumes: str, kept: bool
) -> None:
    walk, suite = asked(world, step, **changes)
    assert suite == resumes
    assert (live_act(world.session, walk.case.id) is not None) is kept


def test_details_are_merged_into_what_they_change(world: World) -> None:
    walk, _ = asked(world, "R23", quantite=3, modele="Modèle B")
    assert (walk.answered["R05"]["quantite"], walk.answered["R08"]["modele"]) == (3, "Modèle B")


def test_a_question_answered_is_not_answered_twice(world: World) -> None:
    walk, _ = asked(world, "R07")
    walk.answered["R08"]["decision"] = "RETOURNER"
    assert walk.do("precisions.appliquer")["suite"] == "R08"


def test_the_mandatary_is_told_of_a_network_derogation(world: World) -> None:
    walk = world.derogation(prestataire="ROGERS")
    walk.do("notice.mandataire")
    assert told(walk) == [("P05", "derogation.network")]


def test_audit_is_told_once_of_a_request_set_apart(world: World) -> None:
    walk = world.derogation(demandes_deliees=[{"dossier": "DER-2026-999999", "motif": REASON}]).to_r19()
    walk.do("montants.reserver")
    assert told(walk) == [("P26", "derogation.unlinked")]
