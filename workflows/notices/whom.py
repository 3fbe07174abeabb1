"""Whom a notice to a role goes to: its holders at work, those who stand in for the absent ones."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.people.absence import away
from workflows.people.models import Person, RoleAssignment
from workflows.people.role_codes import DEPUTIES
from workflows.people.roles import employed, live
from workflows.people.substitution import live_substitutions


def holders(
    session: Session, organisation_id: UUID, role: str, moment: datetime, subdivision: str | None = None
) -> tuple[Person, ...]:
    """The holders of a role whose scope reaches a subdivision; for one who is absent, the substitute for that role.

    When all are away, those of the role that stands in for it, if there is one; else the holders, for their return.
    """
    reaching = RoleAssignment.scope != "SUB"
    if subdivision is not None:
        reaching = or_(reaching, RoleAssignment.scope_code == subdivision)
    else:
        reaching = or_(reaching, RoleAssignment.scope == "SUB")
    query = (
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.organisation_id == organisation_id, RoleAssignment.role == role, reaching)
        .where(live(moment), employed(moment))
        .order_by(Person.code)
    )
    found = {person.id: person for person in session.scalars(query)}
    for row in live_substitutions(session, organisation_id, moment):
        if row.titulaire_id in found and role in row.roles:
            del found[row.titulaire_id]
            found[row.substitute_id] = session.get_one(Person, row.substitute_id)
    absent = away(session, found, moment)
    there = {person.id: person for person in found.values() if person.id not in absent}
    if not there and role in DEPUTIES:
        there = {person.id: person for person in holders(session, organisation_id, DEPUTIES[role], moment, subdivision)}
    return tuple(sorted((there or found).values(), key=lambda person: person.code))
