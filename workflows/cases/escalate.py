"""What happens to a task that waits: its people are reminded, told it is late, then someone else gets it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.calendars.queries import calendar_of
from workflows.cases.alarm import raise_alarm, security_of
from workflows.cases.details import Wait
from workflows.cases.echoed import tell_late
from workflows.cases.marks import ESCALATE, LATE, REMIND, SECURITY, SIGNATURE
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.reminders import KIND, move_on
from workflows.cases.signing import refresh_signature, widen_signature
from workflows.cases.stead import barred_from
from workflows.cases.supervisors import hand_up, supervisors_of
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.people.models import Organisation, Person
from workflows.people.substitution import live_substitute

LIVE = (TaskState.OPEN, TaskState.CLAIMED)


def look_at_waiting(desk: Desk, case_id: UUID, task_id: UUID) -> bool:
    """Do what a task's policy asks at this moment, once and not early; False when there is nothing to do."""
    case = desk.session.get(Case, case_id, with_for_update=True, populate_existing=True)
    row = desk.session.get(Wait, (case_id, task_id, ""), populate_existing=True)
    if case is None or row is None or row.kind != KIND or row.due_at is None or row.due_at > desk.now:
        return False
    task = desk.session.get_one(Task, task_id, populate_existing=True)
    if task.state not in LIVE:
        desk.session.delete(row)
        return False
    what = row.attached_to
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    move_on(desk, calendar_of(desk.session, organisation), task, row)
    if what == REMIND:
        _remind(desk, case, task)
    elif what == LATE:
        _late(desk, case, task)
    elif what == ESCALATE:
        _escalate(desk, case, task)
    return True


def people_of(desk: Desk, case: Case, task: Task) -> list[Person]:
    """Whom a task waits for: its holder, else those it names, else the holders of its role."""
    if task.assignee_id is not None:
        return [desk.session.get_one(Person, task.assignee_id)]
    named = _listed(desk, task, PersonKind.CANDIDATE)
    people = list(desk.session.scalars(select(Person).where(Person.id.in_(named)).order_by(Person.code)))
    if task.queue is None:
        return people
    excluded = _listed(desk, task, PersonKind.EXCLUDED) | {barred_from(desk, case, task.role)}
    found = holders(desk.session, case.organisation_id, task.role, desk.now, case.subdivision)
    return [*people, *(person for person in found if person.id not in excluded)]


def _listed(desk: Desk, task: Task, kind: PersonKind) -> frozenset[UUID]:
    query = select(TaskPerson.person_id).where(TaskPerson.task_id == task.id, TaskPerson.kind == kind)
    return frozenset(desk.session.scalars(query.where(TaskPerson.removed_at.is_(None))))


def _remind(desk: Desk, case: Case, task: Task) -> None:
    note(desk, "task.reminded", case=case, step=task.step)
    tell(desk, "task.reminder", people_of(desk, case, task), case, task.step)


def _late(desk: Desk, case: Case, task: Task) -> None:
    """Say that a task is late: to whom it waits for, who stands in for them, who supervises them."""
    note(desk, "task.late", case=case, step=task.step, due_at=task.due_at)
    tell_late(desk, case, task)
    people = people_of(desk, case, task)
    told = [*people, *_substitutes(desk, people), *supervisors_of(desk, case, task, people)]
    if task.policy == SECURITY:
        told += security_of(desk, case)
    tell(desk, "task.late", told, case, task.step)
    if task.policy == SIGNATURE:
        refresh_signature(desk, case, task)


def _substitutes(desk: Desk, people: list[Person]) -> list[Person]:
    found = [live_substitute(desk.session, person.id, desk.now) for person in people]
    return [desk.session.get_one(Person, row.substitute_id) for row in found if row is not None]


def _escalate(desk: Desk, case: Case, task: Task) -> None:
    if task.policy == SECURITY:
        raise_alarm(desk, case, task)
    elif task.policy == SIGNATURE:
        widen_signature(desk, case, task)
    else:
        hand_up(desk, case, task, people_of(desk, case, task))
