"""Who supervises a task, and handing it up when it waits too long."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update

from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.people.authority import HEADED_BY_UNIT, SUPERVISORS
from workflows.people.hierarchy import superior_of
from workflows.people.models import Organisation, Person
from workflows.people.queues import queue_of

EMPLOYEE = "EMPLO"


def supervisors_of(desk: Desk, case: Case, task: Task, people: Iterable[Person]) -> list[Person]:
    """Who supervises a task: the holders of the role above, or the superiors of those whom it waits for."""
    roles = SUPERVISORS.get(task.role)
    if roles is not None:
        return [
            person for role in sorted(roles) for person in holders(desk.session, case.organisation_id, role, desk.now)
        ]
    if task.role not in HEADED_BY_UNIT and task.role != EMPLOYEE:
        return []
    found = [superior_of(desk.session, person) for person in people]
    return list({person.id: person for person in found if person is not None}.values())


def hand_up(desk: Desk, case: Case, task: Task, people: list[Person]) -> None:
    """Put a task in its supervisor's inbox; one of EMPLO is never handed on, its superior is told.

    Where whoever is above may not have it (a rule keeps them out, or nobody is there) it stays with whom it waits for:
    a task never gets lost on its way up. Either way the journal says that the moment came.
    """
    above = supervisors_of(desk, case, task, people)
    roles = sorted(SUPERVISORS.get(task.role, ()))
    kept_out = _kept_out(desk, task)
    taking = [person for person in above if person.id not in kept_out]
    if not taking or task.role == EMPLOYEE:
        note(desk, "task.still_late", case=case, step=task.step, told=sorted(person.code for person in above))
        tell(desk, "task.late", above, case, task.step)
        return
    above = taking
    _let_go(desk, task)
    if roles:
        organisation = desk.session.get_one(Organisation, case.organisation_id)
        task.role, task.queue = roles[0], queue_of(roles[0], organisation.code, subdivision=case.subdivision)
    else:
        task.queue = None
        for person in above:
            _name(desk, task, person)
    note(desk, "task.escalated", case=case, step=task.step, to=roles or [person.code for person in above])
    tell(desk, "task.escalated", above, case, task.step)


def _kept_out(desk: Desk, task: Task) -> frozenset[UUID]:
    """Whom a rule keeps from a task."""
    excluded = (TaskPerson.task_id == task.id, TaskPerson.kind == PersonKind.EXCLUDED)
    return frozenset(desk.session.scalars(select(TaskPerson.person_id).where(*excluded)))


def _let_go(desk: Desk, task: Task) -> None:
    """Take a task out of the hands and off the lists that it was on."""
    task.state, task.assignee_id = TaskState.OPEN, None
    task.revision += 1
    named = update(TaskPerson).where(TaskPerson.task_id == task.id, TaskPerson.kind == PersonKind.CANDIDATE)
    desk.session.execute(named.where(TaskPerson.removed_at.is_(None)).values(removed_at=desk.now))


def _name(desk: Desk, task: Task, person: Person) -> None:
    row = desk.session.get(TaskPerson, (task.id, person.id), populate_existing=True)
    if row is None:
        row = TaskPerson(task_id=task.id, person_id=person.id, kind=PersonKind.CANDIDATE)
        desk.session.add(row)
    row.removed_at = None
