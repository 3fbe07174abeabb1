"""A case that cannot go on stays at its last good state, is shown in error, and its journal says why."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import a_system_desk
from tests.workflows.cases.conftest import ESSAI, World
from workflows.cases.commands import CompleteTask
from workflows.cases.complete import complete_task
from workflows.cases.details import CaseStep, Wait
from workflows.cases.fire import fire_timer
from workflows.cases.models import Case, CaseState, TaskState
from workflows.catalog.publish import publish_folder
from workflows.desk import at_desk
from workflows.errors import Stopped
from workflows.journal.queries import history
from workflows.journal.verify import verify
from workflows.worker.clock import move_clock

ERROR = '<bpmn:endEvent id="E91"><bpmn:incoming>f_E07a_E91</bpmn:incoming><bpmn:errorEventDefinition /></bpmn:endEvent>'


def failing(world: World, folder: Path) -> None:
    """Publish a version whose choice after « Décider » asks something that is neither true nor false."""
    shutil.copytree(ESSAI, folder)
    drawing = folder / "process.bpmn"
    drawing.write_text(drawing.read_text().replace('E07.decision = "CONFIRMER"', "E07.decision"))
    publish_folder(a_system_desk(world.session), folder)
    world.session.commit()


def decide(world: World, case: Case) -> None:
    with at_desk(world.desk(world.rcell)) as desk:
        complete_task(desk, CompleteTask(world.task(case, "E07").id, {"decision": "CONFIRMER"}))


def kinds(world: World, case: Case) -> list[str]:
    return [entry.kind for entry in history(world.session, case.id)]


def test_a_move_that_fails_leaves_the_case_as_it_was_and_writes_the_incident_apart(
    world: World, tmp_path: Path
) -> None:
    failing(world, tmp_path / "essai")
    case = world.asked()
    state, steps = case.engine_state, len(world.session.scalars(select(CaseStep)).all())
    with pytest.raises(Stopped, match=r"case\.stopped"):
        decide(world, case)
    world.session.expire_all()
    assert (case.state, case.engine_state) == (CaseState.FAILED, state)
    task = world.task(case, "E07")
    assert (task.state, task.assignee_id, task.draft) == (TaskState.CLAIMED, world.rcell.id, {"decision": "CONFIRMER"})
    assert len(world.session.scalars(select(CaseStep)).all()) == steps
    told = next(entry for entry in history(world.session, case.id) if entry.kind == "case.failed")
    assert (told.kind, told.by, told.step, told.data["code"]) == (
        "case.failed",
        "SYS",
        "E07a",
        "engine.condition_not_boolean",
    )
    assert verify(world.session) == []


def test_a_case_in_error_moves_again_once_it_can(world: World) -> None:
    case = world.asked()
    state = case.engine_state
    case.engine_state = b"broken"
    world.session.commit()
    with pytest.raises(Stopped):
        decide(world, case)
    case.engine_state = state
    world.session.commit()
    decide(world, case)
    assert case.state != CaseState.FAILED
    assert {"case.failed", "case.repaired", "task.completed"} <= set(kinds(world, case))


def test_a_moment_that_fails_stops_its_case_and_nobody_else_s_clock(world: World) -> None:
    case, other = world.start(), world.start()
    case.engine_state = b"broken"
    world.session.commit()
    target = world.now + timedelta(days=30)
    assert move_clock(world.session.get_bind(), target) == target
    world.session.expire_all()
    assert (case.state, kinds(world, case).count("case.failed")) == (CaseState.FAILED, 1)
    assert world.session.scalars(select(Wait).where(Wait.case_id == case.id)).all() != []
    assert "timer.fired" in kinds(world, other)


def test_the_moments_of_a_case_in_error_wait_until_it_moves_again(world: World) -> None:
    case = world.start()
    wait = world.session.scalars(select(Wait).where(Wait.case_id == case.id, Wait.kind == "timer")).one()
    case.state, world.now = CaseState.FAILED, world.now + timedelta(days=30)
    world.session.commit()
    assert not fire_timer(world.desk(world.rcell), case.id, wait.id)
    case.state = CaseState.RUNNING
    world.session.commit()
    assert fire_timer(world.desk(world.rcell), case.id, wait.id)


def test_an_error_that_nothing_catches_is_an_incident_and_no_end(world: World, tmp_path: Path) -> None:
    shutil.copytree(ESSAI, tmp_path / "essai")
    drawing = tmp_path / "essai" / "process.bpmn"
    drawing.write_text(
        re.sub(r'<bpmn:endEvent id="E91".*?</bpmn:endEvent>', ERROR, drawing.read_text(), flags=re.DOTALL)
    )
    publish_folder(a_system_desk(world.session), tmp_path / "essai")
    case = world.asked()
    done = world.complete(world.rcell, case, "E07", decision="REFUSER")
    assert (done.ended, case.state, case.end, case.ended_at) == (False, CaseState.FAILED, None, None)
    assert [entry.step for entry in history(world.session, case.id) if entry.kind == "case.escaped"] == ["E91"]
    assert not {"case.ended", "case.repaired"} & set(kinds(world, case))
