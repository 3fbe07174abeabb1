"""Cases that turn on amounts, level and signatories."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.workflows.operations.world import World

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("case", "changes", "rule", "level", "signatories"),
    [
        ("DER-01", {"prix_appareil_cents": 0}, "S1", "N0", []),
        ("DER-02", {"prix_appareil_cents": 1}, "S2", "N1", ["P32"]),
        ("DER-04", {"prix_appareil_cents": 50_001}, "S4", "N2", ["P09"]),
        ("DER-06", {"prix_appareil_cents": 0, "prestataire": "ROGERS"}, "S5", "N2", ["P09"]),
        ("DER-08", {"prix_appareil_cents": 40_000, "au_catalogue": False}, "S5", "N2", ["P09"]),
        ("DER-14", {"prix_appareil_cents": 1_000_001}, "S9", "N4", ["P10", "P11"]),
        ("DER-18", {"unite_budgetaire": "SOO"}, "S3", "N2", ["P09"]),
        ("DER-20", {"unite_budgetaire": "DOP", "prix_appareil_cents": 80_000}, "S6", "N3", ["P10"]),
        ("DER-22", {"unite_budgetaire": "SRM", "prix_appareil_cents": 60_000}, "S11", "N5", []),
    ],
)
def test_the_level_and_the_signatories(
    world: World, case: str, changes: dict[str, Any], rule: str, level: str, signatories: list[str]
) -> None:
    facts = world.derogation(**changes).to_r19().case.facts
    assert (facts["regle"], facts["niveau"], facts["signataires"]) == (rule, level, signatories), case
    assert facts["plan_change"] is False


def test_a_provider_outside_the_contract_has_rank_zero(world: World) -> None:
    """DER-12."""
    walk = world.derogation(prestataire="AUTRE")
    walk.do("contrat.verifier")
    assert walk.do("analyse.situer")["prestataire_rang"] == 0


def test_two_signatures_with_one_person_go_to_the_head(world: World) -> None:
    """DER-16."""
    world.now += 13 * DAY
    facts = world.derogation(prix_appareil_cents=1_000_001).to_r19().case.facts
    assert (facts["signatures_dues"], facts["nb_signataires_disponibles"]) == (2, 1)
    assert facts["signataires_suffisants"] is False


def test_requests_that_follow_each_other_are_weighed_together(world: World) -> None:
    """DER-23, and DER-25 once RCELL set the others apart with a reason."""
    levels = []
    numbers = []
    for _ in range(3):
        walk = world.derogation(prix_appareil_cents=45_000).to_r19()
        levels.append((walk.case.facts["montant_ref_cents"], walk.case.facts["niveau"]))
        numbers.append(walk.case.number)
        world.now += DAY
    assert levels == [(45_000, "N1"), (90_000, "N2"), (135_000, "N2")]
    assert walk.case.facts["demandes_apparentees"] == numbers[:2]
    apart = [{"dossier": number, "motif": "Deux équipes distinctes, deux besoins."} for number in numbers[:2]]
    walk.answered["R08"]["demandes_deliees"] = apart
    facts = walk.to_r19().case.facts
    assert (facts["montant_ref_cents"], facts["niveau"], facts["signataires"]) == (45_000, "N1", ["P32"])
    assert [fact["other"] for fact in walk.facts_of("related.unlinked")] == numbers[:2]


def test_no_subordinate_signs_for_the_director_general(world: World) -> None:
    """DER-30."""
    walk = world.derogation(requester="P10", beneficiaire="P10", unite_budgetaire="DG")
    walk.by["R07"] = world.person("P11").id
    facts = walk.to_r19().case.facts
    assert (facts["niveau"], facts["signataires"], facts["signataires_suffisants"]) == ("N1", [], False)


def test_the_contract_is_looked_for_today(world: World) -> None:
    """DER-44."""
    walk = world.derogation()
    assert walk.do("contrat.verifier") == {"contrat_en_vigueur": True, "contrat": "CELL-DEMO"}
    world.now = world.now.replace(year=2028, month=4, day=1)
    assert walk.do("contrat.verifier")["contrat_en_vigueur"] is False


@pytest.mark.parametrize(("requester", "skipped"), [("U01", False), ("P08", True), ("P09", False), ("P03", False)])
def test_only_the_direct_superior_skips_the_confirmation(world: World, requester: str, skipped: bool) -> None:
    walk = world.derogation(requester=requester)
    assert walk.do("demande.situer")["demandeur_est_superieur"] is skipped


def test_a_request_says_whom_it_is_for(world: World) -> None:
    walk = world.derogation(unite_budgetaire="SOO")
    walk.do("demande.situer")
    assert walk.case.subject == "Cellulaire pour Camille Deschênes, SOO"
    assert walk.case.beneficiary_id == world.person("U01").id


def test_a_free_standard_request_binds_no_money(world: World) -> None:
    walk = world.derogation(prix_appareil_cents=0).to_r19()
    other = world.derogation(prix_appareil_cents=1).to_r19()
    assert other.case.facts["demandes_apparentees"] == []
    assert walk.case.facts["requiert"] is False


def test_the_manager_may_sign_where_a_setting_says_so(world: World) -> None:
    world.organisation.settings = {**world.organisation.settings, "gest_peut_signer": True}
    assert world.derogation(prix_appareil_cents=1).to_r19().case.facts["signataires"] == ["P08", "P32"]
