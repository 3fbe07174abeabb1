"""Taking hold of a case or a task: the case's row locked first, then what authority needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session

from workflows.cases.models import Case, Task, TaskPerson
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.people.discretion import unhidden

WITH_PERSONS = (
    select(Task, TaskPerson)
    .outerjoin(TaskPerson, TaskPerson.task_id == Task.id)
    .where(Task.id == bindparam("task"))
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, slots=True)
class Held:
    """A task in hand: its case (locked: nobody else writes to it meanwhile) and the persons on its list."""

    task: Task
    case: Case
    persons: tuple[TaskPerson, ...]


def hold_task(desk: Desk, task_id: UUID) -> Held:
    """Lock the case of a task, then read the task as it stands; two at once stand in line here."""
    case = _locked(desk, Case.id == select(Task.case_id).where(Task.id == task_id).scalar_subquery())
    if case is None:
        raise Missing("task.unknown")
    return _held(desk.session, case, task_id)


def hold_case(desk: Desk, ref: str) -> Case:
    """Lock a case by its id or its number: nobody else writes to it meanwhile."""
    case = _locked(desk, _named(ref))
    if case is None:
        raise Missing("case.unknown")
    return case


def look_at_task(desk: Desk, task_id: UUID) -> Held:
    """The same without a lock, for readers."""
    query = select(Case).join(Task, Task.case_id == Case.id).where(Task.id == task_id)
    case = desk.session.scalar(query.where(_own(desk)))
    if case is None:
        raise Missing("task.unknown")
    return _held(desk.session, case, task_id)


def look_at_case(desk: Desk, ref: str) -> Case:
    """A case by its id or its number, without a lock."""
    case = desk.session.scalar(select(Case).where(_named(ref), _own(desk)))
    if case is None:
        raise Missing("case.unknown")
    return case


def persons_of(session: Session, task_id: UUID) -> tuple[TaskPerson, ...]:
    """The persons on a task's list, candidates and excluded, those taken off it too."""
    return tuple(session.scalars(select(TaskPerson).where(TaskPerson.task_id == task_id)))


def _held(session: Session, case: Case, task_id: UUID) -> Held:
    rows = session.execute(WITH_PERSONS, {"task": task_id}).all()
    return Held(rows[0][0], case, tuple(person for _, person in rows if person is not None))


def _locked(desk: Desk, which: ColumnElement[bool]) -> Case | None:
    query = select(Case).where(which, _own(desk)).with_for_update()
    return desk.session.scalar(query.execution_options(populate_existing=True))


def _own(desk: Desk) -> ColumnElement[bool]:
    """Only the actor's own organisation, but what is kept from the actor; the house itself reaches them all."""
    organisation_id = desk.actor.organisation_id
    own = Case.organisation_id == organisation_id if organisation_id is not None else Case.id.is_not(None)
    return and_(own, unhidden(desk.actor, Case.id))


def _named(ref: str) -> ColumnElement[bool]:
    try:
        return Case.id == UUID(ref)
    except ValueError:
        return Case.number == ref.upper()
