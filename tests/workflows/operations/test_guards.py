"""The guards of a signature: each refuses, says why, and leads somewhere."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text, update

from tests.workflows.operations.world import World
from workflows.contracts.models import Contract
from workflows.operations.completions import Effect
from workflows.people.models import RoleAssignment
from workflows.signatures.act import live_act

DAY = timedelta(days=1)


def failed(effect: Effect) -> tuple[object, str]:
    """Where a failing guard leads, and which one it is."""
    assert effect.refusal is not None
    return effect.values["decision"], effect.refusal.code


def test_a_changed_amount_sends_the_request_back_to_its_analysis(world: World) -> None:
    walk = world.derogation().to_r23()
    walk.answered["R08"]["prix_appareil_cents"] = 30_001
    assert failed(walk.sign("P32")) == ("GARDE_R08", "guard.G5")
    assert walk.do("signature.resultat") == {"resultat": "GARDE_R08"}
    assert live_act(world.session, walk.case.id) is None


def test_a_changed_device_at_the_same_price_does_too(world: World) -> None:
    walk = world.derogation().to_r23()
    walk.answered["R08"]["modele"] = "Modèle B"
    assert failed(walk.sign("P32")) == ("GARDE_R08", "guard.G1")


def test_an_act_altered_in_the_database_is_not_signed(world: World) -> None:
    walk = world.derogation().to_r23()
    world.session.execute(text("ALTER TABLE acts DISABLE TRIGGER USER"))
    world.session.execute(text("UPDATE acts SET canonical = replace(canonical, '30000', '30001')"))
    world.session.expire_all()
    assert failed(walk.sign("P32")) == ("GARDE_R08", "guard.G1")


def test_a_delegation_that_ended_does_not_sign(world: World) -> None:
    """DER-32."""
    world.now += timedelta(days=5, hours=5)
    walk = world.derogation(unite_budgetaire="DTI", prix_appareil_cents=90_000).to_r23()
    assert walk.case.facts["signataires"] == ["P28"]
    world.now += timedelta(hours=18)
    effect = walk.sign("P28")
    assert failed(effect) == ("GARDE_R19", "guard.G2")
    assert effect.refusal is not None
    assert effect.refusal.params["date"] == "2026-12-15"
    walk.do("signature.resultat")
    assert walk.do("signataires.determiner")["signataires"] == ["P10"]


def test_a_suspended_role_does_not_sign(world: World) -> None:
    walk = world.derogation().to_r23()
    suspended = update(RoleAssignment).where(RoleAssignment.person_id == world.person("P32").id)
    world.session.execute(suspended.where(RoleAssignment.role == "DERO").values(state="SUSPENDUE"))
    assert failed(walk.sign("P32")) == ("GARDE_R19", "guard.G2")


def test_a_rule_that_came_to_apply_does_not_let_sign(world: World) -> None:
    walk = world.derogation().to_r23()
    walk.by["R08"] = world.person("P32").id
    effect = walk.sign("P32")
    assert failed(effect) == ("GARDE_R19", "guard.G3")
    assert effect.refusal is not None
    assert effect.refusal.params["rule"] == "SOD-03"


def test_a_year_that_filled_up_meanwhile_asks_for_another_level(world: World) -> None:
    walk = world.derogation(unite_budgetaire="SOO", prix_appareil_cents=10_000).to_r23()
    assert walk.case.facts["niveau"] == "N1"
    world.now += timedelta(minutes=1)
    other = world.derogation(unite_budgetaire="SOO", prix_appareil_cents=50_000).to_r23()
    other.sign("P09")
    other.do("acte.sceller")
    assert failed(walk.sign("P32")) == ("GARDE_R16", "guard.G6")
    walk.do("signature.resultat")
    walk.to_r23()
    assert (walk.case.facts["niveau"], walk.case.facts["signataires"]) == ("N2", ["P09"])


def test_a_new_fiscal_year_is_weighed_by_its_own_plan(world: World) -> None:
    world.now = world.now.replace(year=2027, month=3, day=31)
    walk = world.derogation(prix_appareil_cents=40_000).to_r23()
    world.now += DAY
    assert failed(walk.sign("P32")) == ("GARDE_R19", "guard.G2")
    walk.do("signature.resultat")
    assert walk.do("signataires.determiner")["plan_change"] is True
    walk.to_r23()
    assert (walk.case.facts["plan"], walk.case.facts["niveau"]) == ("PD-2027-04", "N2")


def test_an_ended_contract_stops_the_signature(world: World) -> None:
    walk = world.derogation().to_r23()
    world.session.execute(update(Contract).values(valid_until=world.now))
    world.session.expire_all()
    assert failed(walk.sign("P32")) == ("GARDE_R04", "guard.G7")


def test_a_wait_that_ended_takes_no_signature(world: World) -> None:
    """DER-42."""
    walk = world.derogation().to_r23()
    assert walk.case.facts["expiration"] == "2027-01-08T15:00:00Z"
    world.now += 30 * DAY
    assert failed(walk.sign("P32")) == ("EXPIREE", "guard.G9")
    assert walk.do("signature.resultat") == {"resultat": "EXPIREE"}
