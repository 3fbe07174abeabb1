"""What is open in some cases: each task with who holds it, or the persons whom it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from workflows.cases.beside import LETTER
from workflows.cases.models import PersonKind, Task, TaskPerson, TaskState
from workflows.cases.views import OpenTaskRow, PersonRef
from workflows.desk import Desk
from workflows.people.authority import may_operate
from workflows.people.models import Person

LIVE = (TaskState.OPEN, TaskState.CLAIMED)
"""A returned task waits for details: nobody can do it before they come (its box « Retournées » shows it)."""


def open_tasks_of(desk: Desk, case_ids: Sequence[UUID]) -> Mapping[UUID, tuple[OpenTaskRow, ...]]:
    """What someone can do now in some cases, in order; what operators see to is shown to them alone."""
    if not case_ids:
        return {}
    hidden = () if may_operate(desk.actor) else (Task.step != LETTER,)
    query = (
        select(Task, Person.code, Person.name)
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(Task.case_id.in_(case_ids), Task.state.in_(LIVE), *hidden)
        .order_by(Task.id)
    )
    rows = desk.session.execute(query).all()
    named = _named(desk, [task.id for task, *_ in rows])
    found: dict[UUID, list[OpenTaskRow]] = {}
    for task, code, name in rows:
        holder = PersonRef(code, name) if code else None
        found.setdefault(task.case_id, []).append(_open_task(task, holder, named.get(task.id, ())))
    return {case_id: tuple(tasks) for case_id, tasks in found.items()}


def _named(desk: Desk, task_ids: Sequence[UUID]) -> Mapping[UUID, tuple[PersonRef, ...]]:
    """The persons whom some tasks name now."""
    if not task_ids:
        return {}
    query = (
        select(TaskPerson.task_id, Person.code, Person.name)
        .join(Person, Person.id == TaskPerson.person_id)
        .where(TaskPerson.task_id.in_(task_ids), TaskPerson.kind == PersonKind.CANDIDATE)
        .where(
            TaskPerson.removed_at.is_(None), or_(TaskPerson.valid_until.is_(None), TaskPerson.valid_until > desk.now)
        )
        .order_by(Person.code)
    )
    found: dict[UUID, tuple[PersonRef, ...]] = {}
    for task_id, code, name in desk.session.execute(query):
        found[task_id] = (*found.get(task_id, ()), PersonRef(code, name))
    return found


def _open_task(task: Task, holder: PersonRef | None, named: tuple[PersonRef, ...]) -> OpenTaskRow:
    return OpenTaskRow(
        id=task.id,
        step=task.step,
        title=task.title,
        title_en=task.title_en,
        role=task.role,
        state=task.state,
        assignee=holder,
        due_at=task.due_at,
        created_at=task.created_at,
        candidates=named,
    )
