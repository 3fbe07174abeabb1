"""Claimed tasks go back to their inbox when it no longer reaches whoever holds them: a role or a replacement ended."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from sqlalchemy import exists, select, update

from workflows.cases.models import Case, Task, TaskPerson, TaskState
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.people.directory import actor_of
from workflows.people.models import Person


def free_hands(desk: Desk, organisation_id: UUID | None) -> int:
    """Put back every claimed task of an organisation that its holder may no longer take; how many there were."""
    query = select(Task.id, Task.assignee_id, Task.queue).where(
        Task.state == TaskState.CLAIMED, Task.queue.is_not(None), Task.assignee_id.is_not(None)
    )
    named = exists().where(
        TaskPerson.task_id == Task.id, TaskPerson.person_id == Task.assignee_id, TaskPerson.removed_at.is_(None)
    )
    query = query.where(~named)
    if organisation_id is not None:
        query = query.where(Task.organisation_id == organisation_id)
    held: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for task_id, person_id, queue in desk.session.execute(query.order_by(Task.id)):
        if person_id is not None and queue is not None:
            held[person_id].append((task_id, queue))
    return sum(_free(desk, person_id, tasks) for person_id, tasks in held.items())


def _free(desk: Desk, person_id: UUID, tasks: list[tuple[UUID, str]]) -> int:
    person = desk.session.get_one(Person, person_id)
    reached = set(actor_of(desk.session, person, desk.now).queues)
    return sum(_put_back(desk, task_id, person) for task_id, queue in tasks if queue not in reached)


def _put_back(desk: Desk, task_id: UUID, person: Person) -> bool:
    """Put one task back, unless it was finished or handed on meanwhile; its draft stays with it."""
    still = (Task.id == task_id, Task.state == TaskState.CLAIMED, Task.assignee_id == person.id)
    back = update(Task).where(*still).values(state=TaskState.OPEN, assignee_id=None, revision=Task.revision + 1)
    row = desk.session.execute(back.returning(Task.case_id, Task.step)).first()
    if row is None:
        return False
    case = desk.session.get_one(Case, row.case_id)
    note(desk, "task.released", case=case, step=row.step, person=person.code, reason="ROLE")
    return True
