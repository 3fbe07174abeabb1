"""The register of roles as time passes: an end that comes near is told (N20), one that has come takes effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.orm import Session

from workflows.cases.models import Case
from workflows.cases.vacancy import settle_roles
from workflows.deliveries.publish import publish
from workflows.desk import Desk, system_actor
from workflows.engine import Thrown
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.ending import cover, end_role, hold_register
from workflows.people.appointing import NAMED, proposer_of
from workflows.people.models import Organisation, Person, RoleAssignment

STEP = "N20"
DAYS, HOUR = "30 days", "8 hours 30 minutes"
"""How long before its end a role is told to come to it, and at which hour."""


@dataclass(frozen=True, slots=True)
class RoleMoment:
    """Something that falls due in the register."""

    at: datetime
    organisation_id: UUID
    happen: Callable[[Desk], object]


def next_role_moment(session: Session, until: datetime) -> RoleMoment | None:
    """The first end, or the first reminder of an end, up to an instant."""
    found = [one for one in (_next_end(session, until), _next_reminder(session, until)) if one is not None]
    return min(found, key=lambda one: one.at, default=None)


def _next_end(session: Session, until: datetime) -> RoleMoment | None:
    query = _active(RoleAssignment.valid_until).where(RoleAssignment.valid_until <= until)
    row = session.execute(query.order_by(RoleAssignment.valid_until, RoleAssignment.id).limit(1)).first()
    if row is None:
        return None
    row_id = row.id
    return RoleMoment(row.at, row.organisation_id, lambda desk: end_due(desk, row_id))


def _next_reminder(session: Session, until: datetime) -> RoleMoment | None:
    """At 08:30 local, thirty days before; a role given for less than that is not reminded of."""
    zone = Organisation.timezone
    day = func.date_trunc("day", func.timezone(zone, RoleAssignment.valid_until))
    before = day - literal_column(f"interval '{DAYS}'") + literal_column(f"interval '{HOUR}'")
    at = func.timezone(zone, before)
    query = _active(at).join(Organisation, Organisation.id == RoleAssignment.organisation_id)
    query = query.where(
        RoleAssignment.reminded_at.is_(None),
        RoleAssignment.interim.is_(False),
        RoleAssignment.role.in_(NAMED),
        at > RoleAssignment.valid_from,
        at <= until,
    )
    row = session.execute(query.order_by(at, RoleAssignment.id).limit(1)).first()
    if row is None:
        return None
    row_id = row.id
    return RoleMoment(row.at, row.organisation_id, lambda desk: remind(desk, row_id))


def _active(at: Any) -> Select[tuple[UUID, UUID, datetime]]:
    ends = (RoleAssignment.state == "ACTIVE", RoleAssignment.valid_until.is_not(None))
    return select(RoleAssignment.id, RoleAssignment.organisation_id, at.label("at")).where(*ends)


def remind(desk: Desk, row_id: UUID) -> bool:
    """Tell whoever proposes for the role that its end comes near; once."""
    row = desk.session.get(RoleAssignment, row_id, with_for_update=True, populate_existing=True)
    if row is None or row.state != "ACTIVE" or row.reminded_at is not None or row.valid_until is None:
        return False
    row.reminded_at = desk.now
    case = _case_of(desk, row)
    told = holders(desk.session, row.organisation_id, proposer_of(row.role), desk.now)
    person = desk.session.get_one(Person, row.person_id)
    house = desk.acting_as(system_actor(row.organisation_id))
    note(house, "role.reminded", case=case, step=STEP, role=row.role, person=person.code, until=row.valid_until)
    tell(house, "role.ending", told, case, STEP)
    return True


def end_due(desk: Desk, row_id: UUID) -> bool:
    """A role's own end has come: its tasks go elsewhere, and a contact lead is never missing (CARD-02)."""
    row = desk.session.get(RoleAssignment, row_id)
    if row is None:
        return False
    case = _case_of(desk, row)
    hold_register(desk.session, row.organisation_id)
    desk.session.refresh(row)
    if row.state != "ACTIVE" or row.valid_until is None or row.valid_until > desk.now:
        return False
    house, at = desk.acting_as(system_actor(row.organisation_id)), row.valid_until
    end_role(house, row, at, None)
    if row.role == "INTRL":
        cover(house, row, at, case)
    if case is not None and row.role in NAMED:
        publish(house, case, [_said(desk, row)])
    settle_roles(house, row.organisation_id, case.id if case is not None else None)
    return True


def _said(desk: Desk, row: RoleAssignment) -> Thrown:
    """What is told outside of a role that has ended."""
    person = desk.session.get_one(Person, row.person_id)
    scope = {"type": row.scope, "code": row.scope_code}
    payload = {"role": row.role, "portee": scope, "personne_ref": person.code, "termine_le": row.valid_until}
    return Thrown("role.termine", payload, STEP)


def _case_of(desk: Desk, row: RoleAssignment) -> Case | None:
    """The case that gave the role, held."""
    return desk.session.get(Case, row.case_id, with_for_update=True) if row.case_id is not None else None
