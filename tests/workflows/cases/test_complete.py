"""A case from its start to its end: what opens, for whom, and what is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.workflows.cases.conftest import World
from workflows.cases.commands import CompleteTask, InboxAsked, StartCase
from workflows.cases.complete import complete_task
from workflows.cases.details import CaseStep, Wait
from workflows.cases.inbox import inbox
from workflows.cases.models import CaseAnswers, CaseState, TaskState
from workflows.cases.start import start_case
from workflows.errors import Conflict, Forbidden, Invalid, Missing
from workflows.journal.queries import history
from workflows.journal.verify import verify


def test_a_started_case_asks_its_requester(world: World) -> None:
    case = world.start()
    task = world.task(case, "E05")
    assert case.number == "ESS-2026-000001"
    assert case.state == CaseState.RUNNING
    assert [row.id for row in inbox(world.desk(world.asker), InboxAsked()).items] == [task.id]
    assert inbox(world.desk(world.rcell), InboxAsked()).items == ()


def test_numbers_follow_one_another(world: World) -> None:
    assert [world.start().number for _ in range(3)] == ["ESS-2026-000001", "ESS-2026-000002", "ESS-2026-000003"]


def test_what_was_answered_opens_the_next_task(world: World) -> None:
    case = world.start()
    done = world.complete(world.asker, case, "E05", besoin="Un téléphone", quantite=2)
    assert [(task.step, task.title, task.who) for task in done.next] == [("E07", "Décider", ("RCELL",))]
    task = world.task(case, "E07")
    assert task.queue == "OP-TEST/RCELL"
    assert task.due_at == world.now + timedelta(days=2)
    answers = world.session.get_one(CaseAnswers, (case.id, "E05"))
    assert answers.answers == {"besoin": "Un téléphone", "quantite": 2}
    assert answers.person_id == world.asker.id


def test_steps_passed_are_kept_in_order_without_helpers(world: World) -> None:
    case = world.asked()
    world.complete(world.rcell, case, "E07", decision="REFUSER")
    rows = world.session.scalars(select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.id))
    assert [(row.step, row.state, row.by) for row in rows] == [
        ("E01", "TERMINEE", "SYS"),
        ("E05", "TERMINEE", "T01"),
        ("E07", "TERMINEE", "T02"),
        ("E91", "TERMINEE", "SYS"),
    ]


def test_a_case_ends_with_its_code(world: World) -> None:
    case = world.asked()
    done = world.complete(world.rcell, case, "E07", decision="REFUSER")
    assert (done.ended, done.end) == (True, "REFUSE")
    assert (case.state, case.end, case.ended_at) == (CaseState.ENDED, "REFUSE", world.now)
    assert world.session.scalars(select(Wait)).all() == []


def test_everything_is_in_the_journal(world: World) -> None:
    case = world.asked()
    world.complete(world.rcell, case, "E07", decision="REFUSER")
    assert [entry.kind for entry in history(world.session, case.id)] == [
        "case.started",
        "task.opened",
        "task.completed",
        "task.opened",
        "task.completed",
        "case.ended",
    ]
    assert verify(world.session) == []


def test_a_case_that_waits_says_for_what(world: World) -> None:
    case = world.waiting()
    assert case.state == CaseState.WAITING
    waits = world.session.scalars(select(Wait).where(Wait.case_id == case.id).order_by(Wait.step)).all()
    assert [(wait.step, wait.kind, wait.name) for wait in waits] == [
        ("E32", "message", "prestataire.prix.modifie"),
        ("E35", "timer", ""),
    ]
    assert waits[0].correlation == case.number


def test_answers_that_the_form_refuses_change_nothing(world: World) -> None:
    case = world.start()
    with pytest.raises(Invalid) as refused:
        world.complete(world.asker, case, "E05", quantite=99, inconnu=1)
    assert refused.value.fields.keys() == {"besoin", "quantite", "inconnu"}
    world.session.rollback()
    assert world.task(case, "E05").state == TaskState.OPEN


def test_a_completed_task_is_not_completed_again(world: World) -> None:
    case = world.start()
    task = world.task(case, "E05")
    world.complete(world.asker, case, "E05", besoin="Un téléphone")
    with pytest.raises(Conflict, match=r"task\.done"):
        complete_task(world.desk(world.asker), CompleteTask(task.id, {"besoin": "Encore"}))


def test_what_one_may_not_see_does_not_exist(world: World) -> None:
    case = world.start()
    with pytest.raises(Missing, match=r"task\.unknown"):
        world.complete(world.stranger, case, "E05", besoin="Un téléphone")


def test_what_one_sees_but_has_no_part_in_is_refused(world: World) -> None:
    case = world.start()
    with pytest.raises(Forbidden, match=r"task\.not_yours"):
        world.complete(world.intrl, case, "E05", besoin="Un téléphone")


def test_a_person_starts_a_case_without_data(world: World) -> None:
    with pytest.raises(Invalid):
        start_case(world.desk(world.asker), StartCase("essai", {"besoin": "x"}))


def test_an_unknown_process_does_not_start(world: World) -> None:
    with pytest.raises(Missing, match=r"process\.unknown"):
        start_case(world.desk(world.asker), StartCase("nulle_part"))


def test_an_old_revision_is_refused_with_who_and_when(world: World) -> None:
    case = world.asked()
    task = world.task(case, "E07")
    with pytest.raises(Conflict, match=r"task\.revision") as refused:
        complete_task(world.desk(world.rcell), CompleteTask(task.id, {"decision": "REFUSER"}, task.revision - 1))
    assert refused.value.params["by"] == "T01"
    assert refused.value.params["at"] == "2026-12-07T17:00:00Z"
