"""Roles held now: an assignment counts when it is active and its half-open period holds the moment.

One of DERO counts only while the delegation plan in force has a live entry for its holder (CARD-07).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from workflows.people.delegation import holds_live_entry
from workflows.people.models import Person, RoleAssignment

SIGNATORY = "DERO"
"""The role that only counts with a live entry of the delegation plan (CARD-07)."""


def live(moment: datetime) -> ColumnElement[bool]:
    """What makes an assignment count at a moment."""
    return and_(
        RoleAssignment.state == "ACTIVE",
        RoleAssignment.valid_from <= moment,
        or_(RoleAssignment.valid_until.is_(None), RoleAssignment.valid_until > moment),
        or_(
            RoleAssignment.role != SIGNATORY,
            holds_live_entry(RoleAssignment.person_id, RoleAssignment.entries, moment),
        ),
    )


def employed(moment: datetime) -> ColumnElement[bool]:
    """What makes a person count as working for the body at a moment."""
    return and_(
        or_(Person.employed_from.is_(None), Person.employed_from <= moment),
        or_(Person.employed_until.is_(None), Person.employed_until > moment),
    )


def works(person: Person, moment: datetime) -> bool:
    """Whether a person works for the body at a moment."""
    begun = person.employed_from is None or person.employed_from <= moment
    return begun and (person.employed_until is None or person.employed_until > moment)


def has_left(person: Person, moment: datetime) -> bool:
    """Whether a person does not work for the body any more: their own access here ended with the employment."""
    return person.employed_until is not None and person.employed_until <= moment


def assignments_of(session: Session, person_id: UUID, moment: datetime) -> tuple[RoleAssignment, ...]:
    """The roles that a person holds at a moment."""
    query = select(RoleAssignment).where(RoleAssignment.person_id == person_id, live(moment))
    return tuple(session.scalars(query.order_by(RoleAssignment.role, RoleAssignment.id)))


def holders_of(session: Session, organisation_id: UUID, role: str, moment: datetime) -> tuple[Person, ...]:
    """The persons at work who hold a role of an organisation at a moment, by code."""
    query = (
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.organisation_id == organisation_id, RoleAssignment.role == role)
        .where(live(moment), employed(moment))
        .order_by(Person.code)
        .distinct()
    )
    return tuple(session.scalars(query))
