"""Someone who stays away for a time: roles suspended, an absence recorded; both undone on the day of return."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from workflows.operations.context import OperationContext
from workflows.operations.ending import SUSPENDED, cover, end_role, hold_register, settle_later
from workflows.operations.resuming import resume_role
from workflows.people.models import Absence, Person, RoleAssignment

LONG = timedelta(days=3660)
"""How long an absence without a day of return is kept as one."""


def step_aside(context: OperationContext, person: Person) -> list[str]:
    """Record the absence and suspend the roles; the body is not left without a contact lead meanwhile (CARD-02).

    Says which roles were suspended with it.
    """
    desk, case, at = context.desk, context.case, context.desk.now
    told = context.known("retour_le")
    until = max(datetime.fromisoformat(str(told)) if told else at + LONG, at + timedelta(minutes=1))
    same = (Absence.person_id == person.id, Absence.valid_from == at)
    if desk.session.scalar(select(Absence.id).where(*same)) is None:
        absence = Absence(organisation_id=person.organisation_id, person_id=person.id, valid_from=at, valid_until=until)
        absence.recorded_at = at
        desk.session.add(absence)
    hold_register(desk.session, person.organisation_id)
    mine = (RoleAssignment.person_id == person.id, RoleAssignment.state == "ACTIVE")
    suspended = []
    for row in desk.session.scalars(select(RoleAssignment).where(*mine)).all():
        end_role(desk, row, at, case, SUSPENDED)
        suspended.append(str(row.id))
        if row.role == "INTRL":
            cover(desk, row, at, case)
    settle_later(desk, person.organisation_id, case)
    return suspended


def come_back(context: OperationContext, person: Person) -> None:
    """End the absence, and give back the roles that were suspended with it and that nobody has taken since."""
    desk, case, now = context.desk, context.case, context.desk.now
    running = (Absence.person_id == person.id, Absence.valid_from < now, Absence.valid_until > now)
    desk.session.execute(update(Absence).where(*running).values(valid_until=now))
    paused = (RoleAssignment.person_id == person.id, RoleAssignment.state == SUSPENDED)
    with_it = {*(case.facts.get("roles_suspendus") or ()), *(case.facts.get("roles_lances") or ())}
    for row in desk.session.scalars(select(RoleAssignment).where(*paused)).all():
        if str(row.id) not in with_it:
            continue
        resume_role(desk, row, now, case)
    settle_later(desk, person.organisation_id, case)
