"""Who supervises a task, and handing it up when it waits too long."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from workflows.cases.models import Case, PersonKind, Task, TaskPerson
from workflows.cases.place import put_with
from workflows.cases.reaching import Named, Reach
from workflows.cases.stead import keep_off, without_barred
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
    above = without_barred(desk, case, task.role, supervisors_of(desk, case, task, people))
    roles = sorted(SUPERVISORS.get(task.role, ()))
    kept_out = _kept_out(desk, task)
    taking = [person for person in above if person.id not in kept_out]
    if not taking or task.role == EMPLOYEE:
        note(desk, "task.still_late", case=case, step=task.step, told=sorted(person.code for person in above))
        tell(desk, "task.late", above, case, task.step)
        return
    named = tuple(Named(person.id, person.code) for person in taking)
    if roles:
        organisation = desk.session.get_one(Organisation, case.organisation_id)
        queue = queue_of(roles[0], organisation.code, subdivision=case.subdivision)
        put_with(desk, task, keep_off(desk, case, Reach(roles[0], queue)))
    else:
        put_with(desk, task, Reach(task.role, named=named))
    note(desk, "task.escalated", case=case, step=task.step, to=roles or [person.code for person in taking])
    tell(desk, "task.escalated", taking, case, task.step)


def _kept_out(desk: Desk, task: Task) -> frozenset[UUID]:
    """Whom a rule keeps from a task."""
    excluded = (TaskPerson.task_id == task.id, TaskPerson.kind == PersonKind.EXCLUDED)
    return frozenset(desk.session.scalars(select(TaskPerson.person_id).where(*excluded)))
