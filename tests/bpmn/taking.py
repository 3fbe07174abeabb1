"""Who may do an open task, told from its rows: beside what the product's own inbox says."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.cases.models import Case, PersonKind, Task, TaskPerson
from workflows.clock import business_now
from workflows.notices.whom import holders
from workflows.people.models import Person, RoleAssignment


def takers(session: Session, task: Task, case: Case) -> list[UUID]:
    """Who may do a task: those it names, or the holders of its role whom no rule keeps out."""
    listed = select(TaskPerson.person_id).where(TaskPerson.task_id == task.id, TaskPerson.removed_at.is_(None))
    if task.queue is None:
        return list(session.scalars(listed.where(TaskPerson.kind == PersonKind.CANDIDATE)))
    out = set(session.scalars(listed.where(TaskPerson.kind == PersonKind.EXCLUDED)))
    found = holders(session, case.organisation_id, task.role, business_now(session))
    if task.queue.endswith("@RF"):
        module = select(Person).join(RoleAssignment, RoleAssignment.person_id == Person.id)
        found = tuple(session.scalars(module.where(RoleAssignment.scope_code == "RF")))
    return [person.id for person in found if person.id not in out]
