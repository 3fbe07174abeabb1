"""A suspended role is taken up again, unless somebody else holds it alone by then (CARD-01, 04, 05, 06, 10)."""

from __future__ import annotations

from datetime import datetime

from workflows.desk import Desk
from workflows.journal.write import OfCase, note
from workflows.operations.ending import end_interims, end_role, hold_register, told_of
from workflows.people.cardinality import ALONE_IN_SCOPE, Proposal, holding
from workflows.people.models import Person, RoleAssignment


def resume_role(desk: Desk, row: RoleAssignment, at: datetime, case: OfCase | None) -> bool:
    """Give a suspended role back at an instant; it has ended when its period is over, or when it was given to another.

    An interim gives way to the contact lead who comes back.
    """
    organisation = hold_register(desk.session, row.organisation_id)
    over = row.valid_until is not None and row.valid_until <= at
    if over or (
        row.role in ALONE_IN_SCOPE
        and _taken(
            desk,
            row,
            Proposal(organisation, row.role, row.person_id, row.scope, row.scope_code, at, without=frozenset({row.id})),
        )
    ):
        end_role(desk, row, at, case)
        return False
    row.state = "ACTIVE"
    desk.session.flush()
    if row.role == "INTRL":
        end_interims(desk, row, at, case)
    note(desk, "role.started", case=case, **told_of(row, desk.session.get_one(Person, row.person_id)), since=at)
    return True


def _taken(desk: Desk, row: RoleAssignment, proposal: Proposal) -> bool:
    """Whether someone else holds the role in the very scope."""
    rows = holding(desk.session, proposal, row.role)
    return any((other.scope, other.scope_code) == (row.scope, row.scope_code) for other, _ in rows)
