"""Putting an open task elsewhere than it lies: out of the hands and off the lists that it was on, its draft kept."""

from __future__ import annotations

from sqlalchemy import update

from workflows.cases.models import PersonKind, Task, TaskPerson, TaskState
from workflows.cases.reaching import Named, Reach
from workflows.desk import Desk


def put_with(desk: Desk, task: Task, reach: Reach) -> None:
    """Put a task in the inbox and on the list of whom it comes to from now on; whom a rule keeps out stays out."""
    task.state, task.assignee_id = TaskState.OPEN, None
    task.role, task.queue = reach.role, reach.queue
    task.revision += 1
    listed = update(TaskPerson).where(TaskPerson.task_id == task.id, TaskPerson.kind == PersonKind.CANDIDATE)
    desk.session.execute(listed.where(TaskPerson.removed_at.is_(None)).values(removed_at=desk.now))
    list_persons(desk, task, reach)


def list_persons(desk: Desk, task: Task, reach: Reach) -> None:
    """Name on a task's list those whom it comes to, and keep out those whom a rule keeps out."""
    for person_id, rule in reach.excluded.items():
        row = _row(desk, task, person_id)
        row.kind, row.rule = PersonKind.EXCLUDED, rule
    for named in reach.named:
        name(desk, task, named)
    desk.session.flush()


def name(desk: Desk, task: Task, named: Named) -> None:
    """Put a person on a task's list, unless a rule keeps them out."""
    row = _row(desk, task, named.person_id)
    if row.kind != PersonKind.EXCLUDED:
        row.ground, row.valid_until, row.removed_at = dict(named.ground), named.valid_until, None


def _row(desk: Desk, task: Task, person_id: object) -> TaskPerson:
    row = desk.session.get(TaskPerson, (task.id, person_id), populate_existing=True)
    if row is None:
        row = TaskPerson(task_id=task.id, person_id=person_id, kind=PersonKind.CANDIDATE, ground={})
        desk.session.add(row)
    return row
