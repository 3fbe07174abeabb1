"""Answering a task's form, and letting the case run on to its next stop (« Terminer la tâche »)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from workflows.cases.access import allow
from workflows.cases.answers import check_answers
from workflows.cases.beside import LETTER
from workflows.cases.commands import CompleteTask, Completion, NextTask
from workflows.cases.context import context_of
from workflows.cases.details import CaseStep
from workflows.cases.given import Given
from workflows.cases.incident import Move, or_stop
from workflows.cases.letters import answer_letter
from workflows.cases.models import Task, TaskState
from workflows.cases.record import Done, close_list, record
from workflows.cases.returned import RETURN, set_aside
from workflows.cases.revision import check_revision
from workflows.cases.services import CaseServices
from workflows.cases.signing import refresh_others
from workflows.cases.store import Held, hold_task
from workflows.cases.unnumbered import VACANCY
from workflows.cases.vacancy import name_successor
from workflows.catalog.edition import Edition, edition_of
from workflows.desk import Desk
from workflows.engine import resume
from workflows.journal.write import note
from workflows.operations.completions import Completion as Submitted
from workflows.operations.completions import Effect, complete


@dataclass(frozen=True, slots=True)
class Answered:
    """A form as it was answered: all of it, and what of it steers the case."""

    answers: Mapping[str, Any]
    steering: Mapping[str, Any]

    @property
    def outcome(self) -> str | None:
        """The decision that the form asks for, if it asks for one."""
        decision = self.steering.get("decision", self.steering.get("avis"))
        return decision if isinstance(decision, str) else None


def complete_task(desk: Desk, command: CompleteTask) -> Completion:
    """Answer the task's form and let the case run on; a task in no one's hands is taken by it.

    A signature guard that fails and has a route is the one refusal (``Routed``) whose routing is kept.
    """
    if command.reauthentication is not None:
        desk = replace(desk, reauthenticated=command.reauthentication)
    held = hold_task(desk, command.task_id)
    allow(desk, "complete", held)
    check_revision(desk, held.task, command.revision)
    if held.task.engine_id is None:
        return _stand_alone(desk, held, command)
    edition = edition_of(desk.session, held.case.version_id)
    given = Given(desk, held.case)
    answers, steering = check_answers(desk, held.task, edition, given, command.answers)
    move = Move("task", held.task.id, desk.actor.id, command.answers, asked=True)
    with or_stop(desk, held.case, held.task.step, move):
        effect = _effect(desk, held, edition, given, answers)
    if effect.refusal is None:
        given.write(held.task.step, answers, desk.actor.id)
    answered = Answered(answers, {**steering, **effect.values})
    completion = _carry_on(desk, held, CaseServices(desk, edition, given), move, answered)
    if effect.refusal is not None:
        note(desk, "guard.failed", case=held.case, step=held.task.step, guard=effect.refusal.code)
        raise effect.refusal
    if held.task.item is not None and held.task.state == TaskState.DONE and held.case.ended_at is None:
        refresh_others(desk, held.case, held.task)
    return completion


def _stand_alone(desk: Desk, held: Held, command: CompleteTask) -> Completion:
    """Close a task that the house asked beside the drawing: the case does not move."""
    if held.task.step == LETTER:
        outcome = answer_letter(desk, held, command)
        finish(desk, held.task, outcome)
        note(desk, "task.completed", case=held.case, step=held.task.step, outcome=outcome)
        return _completion(held, ())
    edition = edition_of(desk.session, held.case.version_id)
    given = Given(desk, held.case)
    answers, _steering = check_answers(desk, held.task, edition, given, command.answers)
    _effect(desk, held, edition, given, answers)
    if answers:
        given.write(held.task.step, answers, desk.actor.id)
    finish(desk, held.task, None)
    done = {"state": TaskState.DONE, "at": desk.now, "by": desk.actor.code, "task_id": held.task.id}
    desk.session.add(CaseStep(case_id=held.case.id, step=held.task.step, **done))
    note(desk, "task.completed", case=held.case, step=held.task.step, outcome=None)
    if held.task.step == VACANCY.step:
        name_successor(desk, held.case)
    return _completion(held, ())


def _effect(desk: Desk, held: Held, edition: Edition, given: Given, answers: Mapping[str, Any]) -> Effect:
    """What this step asks beyond its form: a signature with its guards, mostly."""
    context = context_of(desk, edition, given, held.task.step, held.case.facts)
    return complete(context, Submitted(answers, held.task.item, desk.actor.language))


def _carry_on(desk: Desk, held: Held, services: CaseServices, move: Move, answered: Answered) -> Completion:
    """Run the engine from the completed task, write down where it led, and say so."""
    with or_stop(desk, held.case, held.task.step, replace(move, asked=False)):
        run = resume(services.edition.blueprint, held.case.engine_state, services)
    engine_id = held.task.engine_id
    if engine_id is None:
        raise RuntimeError("an open task without the engine's id")
    with or_stop(desk, held.case, held.task.step, move):
        progress = run.complete(engine_id, answered.steering)
        done = _close(desk, held, services, answered, engine_id)
        opened = record(desk, services, progress, done)
    return _completion(held, opened)


def _close(desk: Desk, held: Held, services: CaseServices, answered: Answered, engine_id: UUID) -> Done:
    task = held.task
    if answered.outcome == RETURN:
        set_aside(desk, task, services.calendar)
        note(desk, "task.returned", case=held.case, step=task.step, to=answered.answers.get("destinataire"))
        return Done(task, engine_id, returned=True, addressed=answered.answers.get("destinataire"))
    finish(desk, task, answered.outcome)
    note(desk, "task.completed", case=held.case, step=task.step, outcome=answered.outcome)
    return Done(task, engine_id)


def finish(desk: Desk, task: Task, outcome: str | None) -> None:
    """Close a task: done, by whom, with what outcome; it leaves every inbox."""
    task.state, task.engine_id = TaskState.DONE, None
    task.assignee_id = task.closed_by_id = desk.actor.id
    task.closed_at, task.outcome, task.draft = desk.now, outcome, None
    task.revision += 1
    close_list(desk, task)


def _completion(held: Held, opened: tuple[NextTask, ...]) -> Completion:
    case = held.case
    return Completion(held.task.id, case.id, case.number, opened, case.ended_at is not None, case.end)
