"""Signing a request whose invoice one validates: allowed with a reason, which AUDIT is told of (SOD-14)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.builders import a_role
from tests.workflows.operations.world import Walk, World
from workflows.errors import Flaw, Invalid
from workflows.notices.models import Notice
from workflows.operations.shown import shown
from workflows.people.directory import actor_of
from workflows.signatures.evidence import evidence_of

WHY = "Seule signataire présente cette semaine."


@pytest.fixture
def walk(world: World) -> Walk:
    """A request that P32 may sign, who also validates the body's invoices."""
    a_role(world.session, world.person("P32"), "FACTU")
    return world.derogation().to_r23()


def told_to_audit(walk: Walk) -> int:
    notices = walk.world.session.scalars(select(Notice).where(Notice.kind == "signature.alert"))
    return len([one for one in notices if one.case_id == walk.case.id])


def test_without_a_reason_nothing_is_signed(walk: Walk) -> None:
    with pytest.raises(Invalid) as refused:
        walk.sign("P32", motif_decision="  ")
    assert refused.value.fields == {"motif_decision": (Flaw("sod.SOD-14"),)}
    assert (list(evidence_of(walk.world.session, walk.case.id)), told_to_audit(walk)) == ([], 0)


def test_with_a_reason_it_is_signed_kept_and_told(walk: Walk) -> None:
    walk.sign("P32", motif_decision=WHY)
    (row,) = evidence_of(walk.world.session, walk.case.id)
    assert row.record["alerte"] == {"regle": "SOD-14", "motif": WHY}
    assert walk.facts_of("signature.alert") == [{"rule": "SOD-14", "reason": WHY, "person": "P32"}]
    assert told_to_audit(walk) == 1


@pytest.mark.parametrize("decision", ["REFUSER", "RETOURNER", "SE_RECUSER"])
def test_whatever_binds_nobody_needs_no_such_reason(walk: Walk, decision: str) -> None:
    walk.complete("R23", "P32", decision=decision, destinataire="DEMANDEUR", motif_decision="")
    assert walk.facts_of("signature.alert") == []


def test_whoever_validates_other_invoices_just_signs(world: World) -> None:
    """FACTU of one billing subdivision signs for another."""
    a_role(world.session, world.person("P32"), "FACTU", scope="SUB", scope_code="SF-100")
    walk = world.derogation()
    walk.answered["R05"]["subdivision"] = "SF-200"
    walk.to_r23().sign("P32")
    assert walk.facts_of("signature.alert") == []


def test_the_signatory_is_told_before_choosing(walk: Walk) -> None:
    def alert_for(who: str) -> object:
        actor = actor_of(walk.world.session, walk.world.person(who), walk.world.now)
        return shown(walk.context("R23", actor), 1, "fr")["alerte"]

    assert (alert_for("P32"), alert_for("P09")) == ("SOD-14", None)
