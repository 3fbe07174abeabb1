"""Writing down what a run of the engine led to: state, steps passed, tasks, waits, facts, the end of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from workflows.cases.about import About
from workflows.cases.beside import LETTER
from workflows.cases.commands import NextTask
from workflows.cases.details import CaseStep
from workflows.cases.echoed import created
from workflows.cases.handing import is_moved_by
from workflows.cases.incident import close_incident, reference, stop
from workflows.cases.models import Case, CaseState, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.opened import open_task, place_of
from workflows.cases.reassign import hand_over
from workflows.cases.reminders import disarm
from workflows.cases.renewed import renew_dues
from workflows.cases.returned import set_aside_tasks
from workflows.cases.said import say
from workflows.cases.services import CaseServices
from workflows.cases.unnumbered import OUTLIVING
from workflows.cases.waits import clear_all, set_waits
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.engine import Progress, Thrown
from workflows.journal.write import note

LIVE = (TaskState.OPEN, TaskState.CLAIMED)
is_moved_by(hand_over)


@dataclass(frozen=True, slots=True)
class Done:
    """The task whose completion made the engine run, and whether it was returned rather than finished."""

    task: Task
    engine_id: UUID
    returned: bool = False
    addressed: str | None = None


def record(desk: Desk, services: CaseServices, progress: Progress, done: Done | None = None) -> tuple[NextTask, ...]:
    """Apply what the engine reports to the case's rows, and journal it; the tasks that opened are handed back."""
    with desk.session.no_autoflush:
        opened = _apply(desk, services, progress, done)
    desk.session.flush()
    return opened


def _apply(desk: Desk, services: CaseServices, progress: Progress, done: Done | None) -> tuple[NextTask, ...]:
    """The same, in memory: what is read meanwhile does not depend on it, so that it is all written at once."""
    case = services.case
    case.engine_state = progress.state
    case.counts = services.counts.held_by(progress.data)
    case.revision += 1
    closed = [done.task.id] if done is not None and not done.returned and done.task.policy else []
    for task in _withdrawn(desk, case, progress):
        withdraw(desk, case, task)
        closed.append(task.id)
    disarm(desk, case.id, closed)
    renew_dues(desk, services, progress)
    _pass(desk, case, progress, done)
    opened, told = _open(desk, services, progress, done) if progress.opened else ((), ())
    if progress.ended:
        end_case(desk, case, progress.end or "")
    else:
        set_waits(desk, case, progress.waits)
        _stand(desk, case, progress)
    for late in progress.fired:
        note(desk, "timer.fired", case=case, step=late.step, due_at=late.due_at)
    say(desk, case, progress.thrown, told)
    for escaped in progress.escaped:
        note(desk, "case.escaped", case=case, step=escaped.step, name=escaped.name)
    return opened


def _stand(desk: Desk, case: Case, progress: Progress) -> None:
    """Say how a case that has not ended stands: in error, with people, or waiting for something.

    A case stands in error too while a person mends by hand what a connector failed to do (ARR-28).
    """
    if progress.stuck:
        if case.state != CaseState.FAILED:
            names = sorted({escaped.name for escaped in progress.escaped})
            step = next((escaped.step for escaped in progress.escaped), None)
            known = {"code": "engine.escaped", "error": ", ".join(names), "reference": reference()}
            stop(desk, case, step, "escape", known)
        case.state = CaseState.FAILED
        return
    failing = About(edition_of(desk.session, case.version_id).about).failing
    if case.facts.get("panne") is True and any(task.step in failing for task in progress.open):
        case.state = CaseState.FAILED
        return
    if case.state == CaseState.FAILED:
        close_incident(desk, case)
        note(desk, "case.repaired", case=case)
    case.state = CaseState.RUNNING if progress.open else CaseState.WAITING


def _withdrawn(desk: Desk, case: Case, progress: Progress) -> Sequence[Task]:
    """The tasks that the engine no longer asks for."""
    if not progress.withdrawn:
        return ()
    query = select(Task).where(Task.case_id == case.id, Task.engine_id.in_(progress.withdrawn), Task.state.in_(LIVE))
    return desk.session.scalars(query).all()


def _live(desk: Desk, case: Case) -> Sequence[Task]:
    """What the case asks of people; a message that is still to be seen to outlives the case that said it."""
    mine = (Task.case_id == case.id, Task.state.in_(LIVE), Task.step != LETTER)
    return desk.session.scalars(select(Task).where(*mine)).all()


def withdraw(desk: Desk, case: Case, task: Task) -> None:
    """Take a task back: nobody needs to do it any more; unfinished answers are erased."""
    task.state, task.engine_id = TaskState.CANCELLED, None
    task.closed_at, task.revision = desk.now, task.revision + 1
    close_list(desk, task)
    if task.draft is not None:
        task.draft = None
        note(desk, "draft.erased", case=case, step=task.step)
    note(desk, "task.withdrawn", case=case, step=task.step)


def close_list(desk: Desk, task: Task) -> None:
    """Nobody is waited for any more on a task: it leaves the inboxes of those it named."""
    named = update(TaskPerson).where(TaskPerson.task_id == task.id, TaskPerson.removed_at.is_(None))
    named = named.where(TaskPerson.kind == PersonKind.CANDIDATE)
    desk.session.execute(named.values(removed_at=desk.now).execution_options(synchronize_session=False))


def _pass(desk: Desk, case: Case, progress: Progress, done: Done | None) -> None:
    """Write the steps passed, in order; helper elements are left out, and so is what was only withdrawn."""
    for passed in progress.passed:
        if passed.hidden or passed.state != "TERMINEE":
            continue
        mine = done is not None and passed.task == done.engine_id
        row = CaseStep(case_id=case.id, step=passed.step, state=TaskState.DONE, at=desk.now, by="SYS")
        if mine and done is not None:
            row.by, row.task_id = desk.actor.code, done.task.id
            row.state = TaskState.RETURNED if done.returned else TaskState.DONE
        desk.session.add(row)


def _open(
    desk: Desk, services: CaseServices, progress: Progress, done: Done | None
) -> tuple[tuple[NextTask, ...], tuple[Thrown, ...]]:
    """Open the new tasks, and say which were created: what the outside is told.

    One returned for details comes back to the same person, or goes with what it was about.
    """
    case = services.case
    aside = {
        place_of(task.step, task.queue): task
        for task in set_aside_tasks(desk, case)
        if done is None or task is not done.task
    }
    known = {task.id for task in aside.values()}
    addressed = done.addressed if done is not None else None
    opened = tuple(open_task(desk, services, task, aside, addressed) for task in progress.opened)
    if not any(task.person == "asked" for task in progress.open):
        for forgotten in aside.values():
            withdraw(desk, case, forgotten)
        disarm(desk, case.id, [forgotten.id for forgotten in aside.values()])
    both = zip(opened, progress.opened, strict=True)
    return opened, tuple(created(task.step, task.role, asked.due) for task, asked in both if task.id not in known)


def end_case(desk: Desk, case: Case, step: str) -> None:
    """End a case at a step: nothing is asked or waited for any more."""
    desk.session.flush()
    for task in [*_live(desk, case), *set_aside_tasks(desk, case)]:
        if task.step in OUTLIVING:
            continue
        withdraw(desk, case, task)
    clear_all(desk, case.id, OUTLIVING)
    if case.state == CaseState.FAILED:
        close_incident(desk, case)
    end = About(edition_of(desk.session, case.version_id).about).end(step)
    case.end = end.code if end is not None else None
    case.state = end.state if end is not None else CaseState.ENDED
    case.ended_at = desk.now
    note(desk, "case.ended", case=case, step=step or None, end=case.end, state=case.state)
