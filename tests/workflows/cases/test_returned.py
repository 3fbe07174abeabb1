"""A task returned for details: its clock stops, and the same person has it back with what was left."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from tests.workflows.cases.conftest import World
from workflows.cases.commands import InboxAsked
from workflows.cases.details import CaseStep, Wait
from workflows.cases.inbox import inbox
from workflows.cases.models import TaskState
from workflows.cases.open_tasks import open_tasks_of
from workflows.journal.queries import history


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of December 2026, told in Quebec's hours."""
    return datetime(2026, 12, day, hour + 5, minute, tzinfo=UTC)


def test_a_returned_task_waits_with_who_returned_it(world: World) -> None:
    case = world.asked()
    task = world.task(case, "E07")
    done = world.complete(world.rcell, case, "E07", decision="RETOURNER", destinataire="DEMANDEUR")
    assert [(opened.step, opened.who) for opened in done.next] == [("E26", ("T01",))]
    assert (task.state, task.returned_by_id) == (TaskState.RETURNED, world.rcell.id)
    assert [row.id for row in inbox(world.desk(world.rcell), InboxAsked(box="returned")).items] == [task.id]
    assert inbox(world.desk(world.other_rcell), InboxAsked()).items == ()


def test_the_case_says_that_it_waits_for_the_details_alone(world: World) -> None:
    case = world.asked()
    world.complete(world.rcell, case, "E07", decision="RETOURNER", destinataire="DEMANDEUR")
    assert [one.step for one in open_tasks_of(world.desk(world.asker), [case.id])[case.id]] == ["E26"]


def test_its_clock_stops_and_resumes_with_the_remainder(world: World) -> None:
    world.now = at(7, 9)
    case = world.asked()
    task = world.task(case, "E07")
    assert task.due_at == at(9, 9)
    world.now = at(7, 11)
    world.complete(world.rcell, case, "E07", decision="RETOURNER", destinataire="DEMANDEUR")
    world.now = at(14, 9)
    world.complete(world.asker, case, "E26", reponse="Voici")
    assert task.state == TaskState.CLAIMED
    assert task.assignee_id == world.rcell.id
    assert task.due_at == at(15, 15)
    assert world.task(case, "E07").id == task.id


def test_a_return_may_be_addressed_to_the_representatives(world: World) -> None:
    case = world.asked()
    world.complete(world.rcell, case, "E07", decision="RETOURNER", destinataire="RCELL")
    task = world.task(case, "E26")
    assert task.queue == "OP-TEST/RCELL"
    assert [row.id for row in inbox(world.desk(world.other_rcell), InboxAsked()).items] == [task.id]


def test_the_steps_say_that_it_was_returned(world: World) -> None:
    case = world.asked()
    world.complete(world.rcell, case, "E07", decision="RETOURNER")
    world.complete(world.asker, case, "E26", reponse="Voici")
    world.complete(world.rcell, case, "E07", decision="REFUSER")
    rows = world.session.scalars(select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.id))
    assert [(row.step, row.state) for row in rows] == [
        ("E01", "TERMINEE"),
        ("E05", "TERMINEE"),
        ("E07", "RETOURNEE"),
        ("E26", "TERMINEE"),
        ("E07", "TERMINEE"),
        ("E91", "TERMINEE"),
    ]
    kinds = [entry.kind for entry in history(world.session, case.id)]
    assert "task.returned" in kinds
    assert "task.resumed" in kinds


def test_nobody_is_reminded_of_it_meanwhile(world: World) -> None:
    case = world.asked()
    task = world.task(case, "E07")
    world.complete(world.rcell, case, "E07", decision="RETOURNER")
    reminder = world.session.scalars(select(Wait).where(Wait.id == task.id)).one()
    assert reminder.due_at is None
    world.complete(world.asker, case, "E26", reponse="Voici")
    world.session.refresh(reminder)
    assert reminder.due_at is not None
