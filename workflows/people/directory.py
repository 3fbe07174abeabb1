"""Finding persons, and making the actor that a person is at a moment: roles, inboxes, those stood for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.desk import Actor, ActorKind
from workflows.people.accounts import Integration
from workflows.people.hierarchy import units_below
from workflows.people.models import Organisation, Person, RoleAssignment, Subdivision, Unit
from workflows.people.queues import queues_of
from workflows.people.roles import assignments_of, works
from workflows.people.substitution import stood_for


def person_by_code(session: Session, code: str, organisation_id: UUID | None = None) -> Person | None:
    """The person of a code, in one organisation or (on a one-body installation) in any; None when there is none."""
    query = select(Person).where(Person.code == code)
    if organisation_id is not None:
        query = query.where(Person.organisation_id == organisation_id)
    return session.scalars(query.order_by(Person.id)).first()


def organisation_by_code(session: Session, code: str) -> Organisation | None:
    """The organisation of a code, or None."""
    return session.scalar(select(Organisation).where(Organisation.code == code))


def actor_of(session: Session, person: Person, now: datetime, session_id: str = "") -> Actor:
    """What a person is at a moment: own roles, those of the persons stood for, and every inbox these reach."""
    organisation = session.get_one(Organisation, person.organisation_id)
    replaced = stood_for(session, person.id, now)
    held = _held(session, person, now) if works(person, now) else ()
    for one in replaced if held or works(person, now) else ():
        covered = assignments_of(session, one.titulaire_id, now)
        held = (*held, *(assignment for assignment in covered if assignment.role in one.roles))
    units = _units(session, held)
    return Actor(
        kind=ActorKind.PERSON,
        organisation_id=person.organisation_id,
        id=person.id,
        code=person.code,
        name=person.name,
        language=person.language,
        roles=frozenset({assignment.role for assignment in held} | ({"EMPLO"} if works(person, now) else set())),
        queues=_queues(session, organisation, held, units),
        hands=(person.id, *(one.titulaire_id for one in replaced)),
        units=frozenset(unit.id for found in units.values() for unit in found),
        session_id=session_id,
        demo=organisation.demo,
    )


def integration_actor(session: Session, integration: Integration, session_id: str = "") -> Actor:
    """What an outside system's account is: it sends messages, and nothing else."""
    organisation = session.get_one(Organisation, integration.organisation_id)
    return Actor(
        kind=ActorKind.INTEGRATION,
        organisation_id=organisation.id,
        id=integration.id,
        code=integration.name,
        name=integration.name,
        session_id=session_id,
        demo=organisation.demo,
        types=frozenset(integration.types) if integration.types is not None else None,
        contract=integration.contract,
    )


def _held(session: Session, person: Person, now: datetime) -> tuple[RoleAssignment, ...]:
    return assignments_of(session, person.id, now)


def _units(session: Session, held: Iterable[RoleAssignment]) -> dict[UUID, tuple[Unit, ...]]:
    """The units of each assignment that is scoped to one, with all below it."""
    found: dict[UUID, tuple[Unit, ...]] = {}
    for assignment in held:
        if assignment.scope == "SEC":
            query = select(Unit.id).where(
                Unit.organisation_id == assignment.organisation_id, Unit.code == assignment.scope_code
            )
            unit_id = session.scalar(query)
            found[assignment.id] = units_below(session, unit_id) if unit_id is not None else ()
    return found


def _queues(
    session: Session, organisation: Organisation, held: Iterable[RoleAssignment], units: dict[UUID, tuple[Unit, ...]]
) -> tuple[str, ...]:
    codes = select(Subdivision.code).where(Subdivision.organisation_id == organisation.id)
    held = tuple(held)
    subdivisions = tuple(session.scalars(codes)) if any(one.scope == "ORG" for one in held) else ()
    names: dict[str, None] = {}
    for assignment in held:
        below = [unit.code for unit in units.get(assignment.id, ())]
        names.update(dict.fromkeys(queues_of(assignment, organisation.code, subdivisions, below)))
    return tuple(names)
