"""Finding persons, and making the actor that a person is at a moment: roles, inboxes, those stood for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.desk import Actor, ActorKind
from workflows.people.accounts import Integration
from workflows.people.models import Organisation, Person
from workflows.people.queues import queues_of
from workflows.people.roles import works
from workflows.people.standing import standing_of


def person_by_code(session: Session, code: str, organisation_id: UUID | None = None) -> Person | None:
    """The person of a code, in one organisation or (on a one-body installation) in any; None when there is none."""
    query = select(Person).where(Person.code == code)
    if organisation_id is not None:
        query = query.where(Person.organisation_id == organisation_id)
    return session.scalars(query.order_by(Person.id)).first()


REFERENCE = "E-"


def person_by_reference(session: Session, reference: str, organisation_id: UUID) -> Person | None:
    """The person whom another system names: by matricule (``E-201733``), or by code; None when there is none."""
    if reference.startswith(REFERENCE):
        query = select(Person).where(Person.organisation_id == organisation_id)
        found = session.scalar(query.where(Person.matricule == reference.removeprefix(REFERENCE)))
        if found is not None:
            return found
    return person_by_code(session, reference, organisation_id)


def organisation_by_code(session: Session, code: str) -> Organisation | None:
    """The organisation of a code, or None."""
    return session.scalar(select(Organisation).where(Organisation.code == code))


def actor_of(session: Session, person: Person, now: datetime, session_id: str = "") -> Actor:
    """What a person is at a moment: own roles, those of the persons stood for, and every inbox these reach."""
    organisation = session.get_one(Organisation, person.organisation_id)
    standing = standing_of(session, person.id, now)
    at_work = works(person, now)
    held = standing.held if at_work else ()
    return Actor(
        kind=ActorKind.PERSON,
        organisation_id=person.organisation_id,
        id=person.id,
        code=person.code,
        name=person.name,
        language=person.language,
        roles=frozenset({one.role for one in held} | ({"EMPLO"} if at_work else set())),
        queues=tuple(dict.fromkeys(name for one in held for name in queues_of(one, organisation.code))),
        hands=standing.hands,
        units=frozenset(unit for one in held for unit in one.units.values()),
        blind=standing.blind,
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
