"""Who sees a case, and how much of it: by role, by unit, or by having had a part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true, union_all

from workflows.cases.about import About
from workflows.cases.beside import LETTER
from workflows.cases.incident_row import Incident
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.reach import written
from workflows.catalog.edition import edition_of
from workflows.catalog.queries import all_current
from workflows.deliveries.models import GIVEN_UP, Delivery
from workflows.desk import Actor, ActorKind, Desk
from workflows.people.authority import may_operate
from workflows.people.discretion import is_hidden, unhidden
from workflows.people.models import Person
from workflows.people.visibility import SCOPED, CaseFacts, Sight, sight_of

ELSEWHERE: Mapping[str, str] = {"AUDIT": "V"}
"""What roles see of a process that says nothing: its auditors all, the others what they have a part in."""


def seen_by(desk: Desk) -> ColumnElement[bool]:
    """Which cases the actor sees, whole or reduced, as a condition of a query."""
    actor = desk.actor
    if actor.kind is not ActorKind.PERSON:
        return true() if actor.kind is ActorKind.SYSTEM else false()
    ways = [Case.id.in_(took_part(actor)), _in_units(actor)]
    if may_operate(actor):
        ways += [Case.id.in_(select(Incident.case_id)), Case.id.in_(select(Delivery.case_id).where(GIVEN_UP))]
    processes = _processes_seen(desk)
    if processes:
        ways.append(Case.process.in_(processes))
    return and_(Case.organisation_id == actor.organisation_id, unhidden(actor, Case.id), or_(*ways))


def _processes_seen(desk: Desk) -> list[str]:
    """The processes of which the actor's roles see every case."""
    broad = desk.actor.roles - SCOPED
    abouts = [About(version.about) for version in all_current(desk.session)]
    return [about.key for about in abouts if broad & (about.seen_by or ELSEWHERE).keys()]


def sight(desk: Desk, case: Case) -> Sight:
    """How much of a case the actor sees."""
    roles = About(edition_of(desk.session, case.version_id).about).seen_by or ELSEWHERE
    hidden = is_hidden(desk.actor, case.id)
    facts = CaseFacts(case.organisation_id, case.requester_id, case.beneficiary_id, roles, hidden=hidden)
    found = sight_of(desk.actor, facts)
    if hidden or found is Sight.FULL or desk.actor.kind is not ActorKind.PERSON:
        return found
    part = select(Case.id).where(Case.id == case.id, Case.id.in_(took_part(desk.actor)))
    taking = frozenset(desk.actor.hands[:1]) if desk.session.scalar(part) is not None else frozenset()
    found = sight_of(desk.actor, replace(facts, units=units_of(desk, case), taking_part=taking))
    return Sight.REDUCED if found is Sight.NONE and _watched(desk, case) else found


def _watched(desk: Desk, case: Case) -> bool:
    """Whether the actor is an operator, and the case one that has stopped on an error, or with a message given up."""
    if desk.actor.organisation_id != case.organisation_id or not may_operate(desk.actor):
        return False
    stopped = exists().where(Incident.case_id == case.id)
    unheard = exists().where(Delivery.case_id == case.id, GIVEN_UP)
    return bool(desk.session.scalar(select(or_(stopped, unheard))))


def sees(desk: Desk, case: Case) -> bool:
    """Whether the actor sees a case at all."""
    return sight(desk, case) is not Sight.NONE


def sees_whole(desk: Desk, case: Case) -> bool:
    """Whether the actor sees the whole of a case."""
    return sight(desk, case) is Sight.FULL


def units_of(desk: Desk, case: Case) -> frozenset[UUID]:
    """The units that a case concerns: the budget unit's and the beneficiary's own."""
    beneficiary = desk.session.get(Person, case.beneficiary_id) if case.beneficiary_id is not None else None
    concerned = (case.unit_id, beneficiary.unit_id if beneficiary is not None else None)
    return frozenset(unit for unit in concerned if unit is not None)


def took_part(actor: Actor) -> Select[Any]:
    """The cases that an actor asked for, benefits from, has had a task of, or may take a task of.

    An operator who sees to a message that was not delivered has no part in its case (SOD-13).
    """
    named = (
        select(Task.case_id)
        .join(TaskPerson, TaskPerson.task_id == Task.id)
        .where(
            TaskPerson.kind == written(PersonKind.CANDIDATE),
            TaskPerson.removed_at.is_(None),
            TaskPerson.person_id.in_(actor.hands),
        )
    )
    own = Task.step != LETTER
    waiting = (
        and_(Task.state == written(TaskState.OPEN), own, Task.queue.in_(actor.queues)) if actor.queues else false()
    )
    return select(
        union_all(
            select(Case.id).where(Case.requester_id == actor.id),
            select(Case.id).where(Case.beneficiary_id == actor.id),
            select(Task.case_id).where(Task.state == written(TaskState.DONE), own, Task.closed_by_id == actor.id),
            select(Task.case_id).where(
                Task.state == written(TaskState.CLAIMED), own, Task.assignee_id.in_(actor.hands)
            ),
            select(Task.case_id).where(Task.state == written(TaskState.RETURNED), Task.returned_by_id == actor.id),
            select(Task.case_id).where(waiting),
            named,
        ).subquery()
    )


def _in_units(actor: Actor) -> ColumnElement[bool]:
    """Cases of the units that an actor answers for, by budget unit or by the beneficiary's own unit."""
    if not actor.units:
        return false()
    people = select(Person.id).where(Person.unit_id.in_(actor.units))
    return or_(Case.unit_id.in_(actor.units), Case.beneficiary_id.in_(people))
