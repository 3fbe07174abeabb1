"""Small pieces of the world that tests are told in: organisations, people, roles, desks."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from workflows.calendars.models import Calendar, CalendarWindow
from workflows.desk import Actor, ActorKind, Desk, system_actor
from workflows.people.directory import actor_of
from workflows.people.models import Organisation, Person, RoleAssignment, Unit

NOON = datetime(2026, 12, 7, 17, 0, tzinfo=UTC)
"""Monday 7 December 2026, noon in Quebec."""
LONG_AGO = datetime(2020, 4, 1, 4, 0, tzinfo=UTC)

_numbers = itertools.count(1)


def an_organisation(session: Session, code: str = "OP-TEST", **settings: Any) -> Organisation:
    """A public body with its own settings."""
    organisation = Organisation(code=code, name=f"Organisme {code}", settings=settings)
    session.add(organisation)
    session.flush()
    return organisation


def a_unit(session: Session, organisation: Organisation, code: str, parent: Unit | None = None) -> Unit:
    """A unit of an organisation, under another."""
    unit = Unit(organisation_id=organisation.id, code=code, name=code, parent_id=parent.id if parent else None)
    session.add(unit)
    session.flush()
    return unit


def a_person(session: Session, organisation: Organisation, *roles: str, code: str | None = None, **more: Any) -> Person:
    """Someone employed for years, with roles over the whole organisation."""
    number = next(_numbers)
    person = Person(
        organisation_id=organisation.id,
        code=code or f"T{number:03d}",
        matricule=f"M{number:05d}",
        first_name=f"Prénom{number}",
        last_name=f"Nom{number}",
        employed_from=LONG_AGO,
        **more,
    )
    session.add(person)
    session.flush()
    for role in roles:
        a_role(session, person, role)
    return person


def a_role(session: Session, person: Person, role: str, **more: Any) -> RoleAssignment:
    """A role that a person has held for years, over the whole organisation unless told otherwise."""
    given = {"valid_from": LONG_AGO, **more}
    assignment = RoleAssignment(organisation_id=person.organisation_id, person_id=person.id, role=role, **given)
    session.add(assignment)
    session.flush()
    return assignment


def a_plain_actor(person: Person, *roles: str, queues: tuple[str, ...] = ()) -> Actor:
    """An actor made by hand, without asking the directory."""
    return Actor(
        ActorKind.PERSON,
        person.organisation_id,
        person.id,
        person.code,
        person.name,
        roles=frozenset(roles),
        queues=queues,
        hands=(person.id,),
    )


def a_system_desk(session: Session, organisation: Organisation | None = None, now: datetime = NOON) -> Desk:
    """A desk where the house itself works."""
    return Desk(session, system_actor(organisation.id if organisation else None), now)


def a_calendar(session: Session, organisation: Organisation) -> Calendar:
    """Business hours as a public body keeps them, without holidays."""
    calendar = Calendar(organisation_id=organisation.id, code="CAL_ORG")
    session.add(calendar)
    session.flush()
    for weekday in range(5):
        for opens, closes in ((time(8, 30), time(12)), (time(13), time(16, 30))):
            session.add(CalendarWindow(calendar_id=calendar.id, weekday=weekday, opens=opens, closes=closes))
    session.flush()
    return calendar


def desk_of(session: Session, person: Person, now: datetime = NOON) -> Desk:
    """A desk where a person works, with all that the person holds at that moment."""
    return Desk(session, actor_of(session, person, now, "essai"), now)
