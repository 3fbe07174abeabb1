"""What other cases ask of nominations: a departure ends a role, with or without a successor, and is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life
from tests.bpmn.naming import Register
from workflows.cases.commands import CompleteTask, InboxAsked
from workflows.cases.complete import complete_task
from workflows.cases.inbox import inbox
from workflows.clock import business_now
from workflows.desk import Actor, ActorKind, Desk, at_desk, system_actor
from workflows.messages.models import InboundMessage
from workflows.messages.receive import receive_message
from workflows.operations.ending import end_roles
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation

NOW = "2026-12-07T14:00:00-05:00"


@pytest.fixture
def register(demo_engine: Engine) -> Register:
    """OP-DEMO on Monday 7 December, 9:00."""
    return Register(Life(demo_engine))


def ending(register: Register, code: str) -> None:
    """A departure ends everything that someone holds, now."""
    with Session(register.life.engine) as session:
        person = person_by_code(session, code)
        assert person is not None
        now = business_now(session)
        with at_desk(Desk(session, system_actor(person.organisation_id), now)) as desk:
            end_roles(desk, person, now, None)
    register.jobs()


def told(**more: Any) -> dict[str, Any]:
    return {"action": "REVOQUER", "retour": "DEP-2026-000001/1", "dossier": "DEP-2026-000001", **more}


def answers(register: Register) -> list[dict[str, Any]]:
    """What nominations answered."""
    with Session(register.life.engine) as session:
        query = select(InboundMessage.body).where(InboundMessage.type == "nomination.traitee.v1")
        return [dict(body["data"]) for body in session.scalars(query)]


def test_an_immediate_departure_ends_a_role_without_proposal_approval_or_acceptance(register: Register) -> None:
    asked = told(role="RCELL", personne="P03", du=NOW, mode_depart="IMMEDIAT")
    request = register.lance(**asked)
    assert request.open == []
    register.life.move(NOW)
    assert register.holding("RCELL", NOW) == ["P04"]
    task = request.task("N10")
    assert (task.policy, task.due_at) == ("ESC-S", datetime.fromisoformat("2026-12-07T15:00:00-05:00"))
    request.do("N10", "P02")
    register.jobs()
    assert request.end == "ROLE_TERMINE"
    assert answers(register) == [{"retour": "DEP-2026-000001/1", "resultat": "ROLE_TERMINE", "role": "RCELL"}]


def test_a_planned_departure_leaves_seven_business_hours_for_the_portals(register: Register) -> None:
    request = register.lance(**told(role="RCELL", personne="P03", du=NOW, mode_depart="PLANIFIE"))
    register.life.move(NOW)
    task = request.task("N10")
    assert (task.policy, task.due_at) == ("ESC-A", datetime.fromisoformat("2026-12-08T14:00:00-05:00"))


def test_a_successor_of_the_contact_lead_takes_over_at_the_instant_of_the_departure(register: Register) -> None:
    request = register.lance(**told(role="INTRL", personne="P02", du=NOW, successeur=True))
    assert request.open == [("N02",)]
    request.do("N02", "P01", role="INTRL", personne="P16", du="2026-12-07", heure_du="14:00")
    request.do("N06", "P01", decision="APPROUVER")
    request.do("N07", "P16", proof="password", decision="ACCEPTER")
    register.life.move(NOW)
    assert register.was("INTRL", "2026-12-07T13:59:59-05:00") == ["P02"]
    assert register.holding("INTRL", NOW) == ["P16"]
    assert register.waiting("X02") == []
    request.do("N10r", "P16")
    request.do("N10", "P16")
    register.jobs()
    assert request.end == "ROLE_EN_VIGUEUR"
    assert [one["resultat"] for one in answers(register)] == ["ROLE_EN_VIGUEUR"]


def test_a_revocation_never_waits_for_the_successor_and_the_head_is_lead_for_the_interim(register: Register) -> None:
    request = register.lance(**told(role="INTRL", personne="P02", du=NOW, successeur=True))
    request.do("N02", "P01", role="INTRL", personne="P16", du="2026-12-07", heure_du="14:00")
    request.do("N06", "P01", decision="APPROUVER")
    register.life.move(NOW)
    register.jobs()
    assert register.holding("INTRL", NOW) == ["P01"]
    assert register.waiting("X02") == [("DIR", None)]
    register.life.move("2026-12-07T15:00:00-05:00")
    request.do("N07", "P16", proof="password", decision="ACCEPTER")
    register.jobs()
    assert register.was("INTRL", "2026-12-07T14:59:59-05:00") == ["P01"]
    assert register.holding("INTRL", "2026-12-07T15:00:00-05:00") == ["P16"]
    assert register.waiting("X02") == []


def test_a_succession_given_up_ends_once_the_portals_are_done(register: Register) -> None:
    request = register.lance(**told(role="MANDA", personne="P05", du=NOW, successeur=True))
    request.do("N02", "P02", role="MANDA", personne="P28", du="2026-12-07", heure_du="14:00")
    request.do("N06", "P01", decision="REFUSER", motif="Pas maintenant.")
    assert request.end is None
    register.life.move(NOW)
    assert register.holding("MANDA", NOW) == []
    request.do("N10r", "P02")
    register.jobs()
    assert request.end == "ROLE_TERMINE"
    assert [one["resultat"] for one in answers(register)] == ["ROLE_TERMINE"]


def test_ending_all_that_someone_holds_leaves_a_line_each_and_a_contact_lead(register: Register) -> None:
    register.life.move("2026-12-14T09:00:00-05:00")
    ending(register, "P09")
    now = "2026-12-14T09:00:00-05:00"
    assert "P09" not in register.holding("DERO", now)
    assert "P09" not in register.holding("GEST", now)
    ending(register, "P02")
    assert register.holding("INTRL", now) == ["P01"]
    assert register.waiting("X02") == [("DIR", None)]


def test_the_head_names_a_successor_from_the_vacancy(register: Register) -> None:
    ending(register, "P02")
    with register.life.desk("P01") as desk:
        (row,) = [one for one in inbox(desk, InboxAsked()).items if one.step == "X02"]
        complete_task(desk, CompleteTask(row.id, {}))
    with register.life.desk("P01") as desk:
        steps = [one.step for one in inbox(desk, InboxAsked()).items]
    assert steps.count("N02") >= 1


def test_an_interim_that_ends_is_followed_by_another_until_a_successor_is_named(register: Register) -> None:
    ending(register, "P02")
    first = next(row for row in register.rows("INTRL") if row.interim)
    assert first.valid_until == datetime.fromisoformat("2027-01-12T00:00:00-05:00")
    register.life.move("2027-01-12T00:00:00-05:00")
    assert register.holding("INTRL", "2027-01-12T00:00:00-05:00") == ["P01"]
    assert len([row for row in register.rows("INTRL") if row.interim]) == 2


def test_a_provider_s_word_on_an_access_stands_in_the_list_of_portals(register: Register) -> None:
    request = register.lance(**told(role="RCELL", personne="P03", du=NOW, mode_depart="PLANIFIE"))
    register.life.move(NOW)
    data = {"prestataire": "TELUS", "usager": "cdube", "etat": "RETIRE"}
    with Session(register.life.engine) as session:
        actor = Actor(ActorKind.INTEGRATION, session.scalars(select(Organisation)).one().id, None, "t", "t", demo=True)
        event = {"specversion": "1.0", "id": "p-1", "source": "urn:test", "type": "prestataire.portail.acces.v1"}
        with at_desk(Desk(session, actor, business_now(session))) as desk:
            receipt = receive_message(desk, {**event, "correlationid": request.number, "data": data})
    assert receipt.status == "delivered"
    rows = request.seen_by("P02", "N10").shown["portails"]
    assert next(row for row in rows if row["prestataire"] == "TELUS")["usager_portail"] == "cdube"
    assert [step for step, *_ in request.open] == ["N10"]
