"""What is overdue once access is near or given: a first day that nobody confirms, commitments that nobody signs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

from workflows.accesses.ledger import enable, suspend
from workflows.accesses.models import AccessState
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.arrival.employee import employee_of, own_accesses
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.people.hierarchy import superior_of
from workflows.people.settings import setting

STANDING = "A32e"
"""Under this step is kept what worked before a suspension, by system."""
GRANTERS = ("PILOT", "TI", "SECPH")


def tell_unconfirmed(context: OperationContext) -> Mapping[str, object]:
    """Tell RH that twice the time has passed and nobody said whether the newcomer came: access stays disabled (A31)."""
    told = holders(context.desk.session, context.case.organisation_id, "RH", context.desk.now)
    tell(context.desk, "arrival.unconfirmed", told, context.case, "A31")
    return {}


def tell_unsigned(context: OperationContext) -> Mapping[str, object]:
    """Tell the manager that commitments are not signed; where the organisation says so, access stops until they are.

    Whoever granted it is told too, to do the same where no connector does (``suspendre_si_non_signe``, A32).
    """
    desk, person = context.desk, employee_of(context)
    above = superior_of(desk.session, person) if person is not None else None
    tell(desk, "arrival.unsigned", [above] if above is not None else [], context.case, "A32")
    if not setting(organisation_of(context), "suspendre_si_non_signe"):
        return {}
    rows = [row for row in own_accesses(context) if row.state == AccessState.ENABLED]
    context.save_answers(STANDING, {row.system: list(row.live) for row in rows})
    for row in rows:
        suspend(desk, context.case, row)
    told = [one for role in GRANTERS for one in holders(desk.session, context.case.organisation_id, role, desk.now)]
    tell(desk, "access.suspended", told, context.case, "A32")
    return {"acces_suspendus_le": desk.now.astimezone(UTC).isoformat()}


def lift(context: OperationContext) -> Mapping[str, object]:
    """Give back, once the commitments are signed, what was suspended for want of them (A32)."""
    standing = dict(context.given(STANDING))
    if not standing:
        return {}
    context.save_answers(STANDING, {})
    for row in own_accesses(context):
        if row.system in standing:
            enable(context.desk, context.case, row, standing[row.system])
    roles, desk = GRANTERS, context.desk
    told = [one for role in roles for one in holders(desk.session, context.case.organisation_id, role, desk.now)]
    tell(desk, "access.restored", told, context.case, "A32")
    return {"acces_suspendus_le": None}


def is_suspended(context: OperationContext, system: str) -> bool:
    """Whether a system's access waits for the commitments to be signed."""
    return system in context.given(STANDING)


def keep_for_later(context: OperationContext, system: str, live: list[str]) -> None:
    """Let what the check now allows work once the suspension is lifted, and not before."""
    context.save_answers(STANDING, {**context.given(STANDING), system: list(live)})
