"""What is told of every case: a task created, a task late, a case in error; by number and step, about nobody (B.13)."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person, a_system_desk, desk_of
from tests.workflows.cases.conftest import ESSAI, World
from tests.workflows.deliveries.conftest import Outside
from tests.workflows.deliveries.receiver import Receiver, status
from workflows.cases.alarm import raise_alarm
from workflows.cases.commands import CompleteTask
from workflows.cases.complete import complete_task
from workflows.cases.echoed import created
from workflows.cases.models import Case
from workflows.catalog.publish import publish_folder
from workflows.deliveries.models import Delivery
from workflows.deliveries.publish import event_of
from workflows.deliveries.subscribe import subscribe
from workflows.desk import at_desk
from workflows.errors import Stopped
from workflows.worker.clock import move_clock

GENERAL = ["tache.creee", "tache.en_retard", "instance.en_erreur"]


@pytest.fixture
def world(session: Session) -> World:
    """A small body where the « essai » process runs, and an outside system that listens."""
    world = World(session)
    operator = a_person(session, world.organisation, "EXPL", code="T09")
    subscribe(desk_of(session, operator, NOON), "https://example.org/", GENERAL, resolve=lambda *_: ("1.1.1.1",))
    session.commit()
    return world


def told(world: World, case: Case, kind: str) -> list[dict[str, Any]]:
    """The data of each message of a type, in order."""
    world.session.expire_all()
    query = select(Delivery).where(Delivery.case_id == case.id, Delivery.type == f"{kind}.v1")
    return [row.body["data"] for row in world.session.scalars(query.order_by(Delivery.sequence))]


def test_each_task_is_told_as_it_is_created(world: World) -> None:
    case = world.asked()
    assert told(world, case, "tache.creee") == [
        {"dossier": case.number, "etape": "E05", "role": "EMPLO", "echeance": None},
        {"dossier": case.number, "etape": "E07", "role": "RCELL", "echeance": "2026-12-09T17:00:00Z"},
    ]


def test_a_task_that_comes_back_to_whoever_returned_it_is_not_created_again(world: World) -> None:
    case = world.asked()
    world.complete(world.rcell, case, "E07", decision="RETOURNER", destinataire="DEMANDEUR")
    world.complete(world.asker, case, "E26", reponse="Voici")
    assert [one["etape"] for one in told(world, case, "tache.creee")] == ["E05", "E07", "E26"]


def test_a_move_that_does_not_come_to_be_tells_nothing(world: World) -> None:
    case = world.start()
    complete_task(world.desk(world.asker), CompleteTask(world.task(case, "E05").id, {"besoin": "Un téléphone"}))
    world.session.rollback()
    assert [one["etape"] for one in told(world, case, "tache.creee")] == ["E05"]


def test_a_late_task_is_told_once_when_it_is_late(world: World, engine: Engine) -> None:
    case = world.asked()
    move_clock(engine, NOON + timedelta(days=2) - timedelta(seconds=1))
    assert told(world, case, "tache.en_retard") == []
    move_clock(engine, NOON + timedelta(days=10))
    assert told(world, case, "tache.en_retard") == [
        {"dossier": case.number, "etape": "E07", "role": "RCELL", "echeance": "2026-12-09T17:00:00Z"}
    ]


def test_a_case_in_error_is_told_once_whatever_is_tried_again(world: World, tmp_path: Path) -> None:
    shutil.copytree(ESSAI, tmp_path / "essai")
    drawing = tmp_path / "essai" / "process.bpmn"
    drawing.write_text(drawing.read_text().replace('E07.decision = "CONFIRMER"', "E07.decision"))
    publish_folder(a_system_desk(world.session), tmp_path / "essai")
    world.session.commit()
    case = world.asked()
    for _ in range(3):
        with pytest.raises(Stopped), at_desk(world.desk(world.rcell)) as desk:
            complete_task(desk, CompleteTask(world.task(case, "E07").id, {"decision": "CONFIRMER"}))
    assert told(world, case, "instance.en_erreur") == [{"dossier": case.number, "etape": "E07a"}]
    assert [one["etape"] for one in told(world, case, "tache.creee")] == ["E05", "E07"]


def test_the_task_of_a_broken_security_deadline_is_told_too(world: World) -> None:
    case = world.asked()
    raise_alarm(a_system_desk(world.session, world.organisation), case, world.task(case, "E07"))
    raise_alarm(a_system_desk(world.session, world.organisation), case, world.task(case, "E07"))
    world.session.commit()
    assert [one["etape"] for one in told(world, case, "tache.creee")] == ["E05", "E07", "X01"]


def test_of_a_departure_only_the_number_is_told(outside: Outside) -> None:
    person = a_person(outside.session, outside.organisation)
    person.matricule = "204118"
    case = outside.case("DEP-2026-000041", process="depart_employe", beneficiary_id=person.id, subject="Départ")
    event = event_of(outside.desk, case, created("D20", "CSEC", NOON))
    assert {key: event[key] for key in ("subject", "correlationid", "data")} == {
        "subject": "depart/DEP-2026-000041",
        "correlationid": "DEP-2026-000041",
        "data": {"dossier": "DEP-2026-000041", "etape": "D20", "role": "CSEC", "echeance": "2026-12-07T17:00:00Z"},
    }


def test_the_operators_task_of_a_dead_letter_tells_of_no_other(outside: Outside, receiver: Receiver) -> None:
    receiver.otherwise = status(503)
    outside.subscribe(receiver.url)
    outside.say(outside.case(), "derogation.signee")
    outside.move(days=30)
    assert outside.states() == [("MORTE", 6)]
