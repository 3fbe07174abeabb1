"""Opening what the engine asks of people: a row a task, and the persons it comes to or is kept from."""

from __future__ import annotations

from uuid import UUID

from workflows.cases.about import About
from workflows.cases.above import PASSED_OVER
from workflows.cases.candidates import reach_of
from workflows.cases.commands import NextTask
from workflows.cases.models import PersonKind, Task, TaskPerson, TaskState
from workflows.cases.reaching import Reach
from workflows.cases.reminders import arm, arm_again
from workflows.cases.returned import take_up
from workflows.cases.services import CaseServices
from workflows.cases.signing import reach_of_signature
from workflows.cases.stead import STEAD, keep_off
from workflows.database import new_id
from workflows.desk import Desk
from workflows.engine import OpenTask
from workflows.journal.write import note


def open_task(
    desk: Desk, services: CaseServices, opened: OpenTask, aside: dict[str, Task], addressed: str | None
) -> NextTask:
    """Open a task in the inbox of whom it comes to, or give a returned one back to the person who returned it."""
    case = services.case
    reach = _reach(desk, services, opened, addressed)
    place = place_of(opened.step, reach.queue)
    waiting = aside.get(place)
    if waiting is not None and _still_theirs(waiting, opened, reach):
        del aside[place]
        take_up(desk, waiting, opened.id, services.calendar)
        arm_again(desk, services.calendar, waiting)
        note(desk, "task.resumed", case=case, step=opened.step, due_at=waiting.due_at)
        return _next(waiting, reach)
    task = _row(desk, services, opened, reach)
    desk.session.add(task)
    _name(desk, task, reach)
    if task.policy is not None and task.due_at is not None:
        arm(desk, services.calendar, task)
    note(desk, "task.opened", case=case, step=task.step, role=task.role, due_at=task.due_at, who=_named(reach))
    for named in reach.named:
        if PASSED_OVER in named.ground:
            note(desk, "task.routed", case=case, step=task.step, to=named.code, absent=named.ground[PASSED_OVER])
        if STEAD in named.ground:
            note(desk, "task.in_stead", case=case, step=task.step, to=named.code, role=task.role)
    return _next(task, reach)


def place_of(step: str, queue: str | None) -> str:
    """Where a task stands: its step, and the inbox that it lies in; one of several owners' is not another's."""
    return step if queue is None else f"{step}@{queue}"


def _reach(desk: Desk, services: CaseServices, opened: OpenTask, addressed: str | None) -> Reach:
    if opened.person == "signatories":
        desk.session.flush()
        return keep_off(desk, services.case, reach_of_signature(services, opened))
    return reach_of(desk, services.case, opened, addressed)


def _still_theirs(waiting: Task, opened: OpenTask, reach: Reach) -> bool:
    """Whether the person who returned the task may have it again: a changed request may have changed hands."""
    person_id = waiting.returned_by_id
    if person_id is None or waiting.item != reach.item or (not reach.named and waiting.queue != reach.queue):
        return False
    if reach.named and reach.queue is None:
        return any(named.person_id == person_id for named in reach.named)
    return person_id not in reach.excluded


def _row(desk: Desk, services: CaseServices, opened: OpenTask, reach: Reach) -> Task:
    case = services.case
    return Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        engine_id=opened.id,
        step=opened.step,
        title=opened.name,
        title_en=opened.name_en or opened.name,
        role=reach.role,
        queue=reach.queue,
        form=opened.form,
        policy=_policy(services, opened),
        state=TaskState.OPEN,
        item=reach.item,
        created_at=desk.now,
        due_at=opened.due,
        counted=services.counts.of(opened.due),
    )


def _policy(services: CaseServices, opened: OpenTask) -> str | None:
    """How the task escalates: as the drawing says, or as the fact that the drawing names, else as the process does."""
    said = opened.policy or About(services.edition.about).policy
    return str(services.case.facts[said]) if said in services.case.facts else said


def _name(desk: Desk, task: Task, reach: Reach) -> None:
    rows = [
        TaskPerson(
            person_id=named.person_id,
            kind=PersonKind.CANDIDATE,
            ground=dict(named.ground),
            valid_until=named.valid_until,
        )
        for named in reach.named
    ]
    rows += [_kept_out(person_id, rule) for person_id, rule in reach.excluded.items()]
    if rows:
        desk.session.flush()
        for row in rows:
            row.task_id = task.id
        desk.session.add_all(rows)


def _kept_out(person_id: UUID, rule: str) -> TaskPerson:
    return TaskPerson(person_id=person_id, kind=PersonKind.EXCLUDED, rule=rule, ground={})


def _named(reach: Reach) -> list[str]:
    return [named.code for named in reach.named]


def _next(task: Task, reach: Reach) -> NextTask:
    return NextTask(task.id, task.step, task.title, task.title_en, task.role, reach.who)
