"""A moment that a case waited for has come."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.cases.details import Wait
from workflows.cases.given import Given
from workflows.cases.incident import Move, or_stop
from workflows.cases.models import Case, CaseState
from workflows.cases.record import record
from workflows.cases.services import CaseServices
from workflows.cases.waits import put_off
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.engine import resume
from workflows.journal.write import note


def fire_timer(desk: Desk, case_id: UUID, wait_id: UUID) -> bool:
    """Let a case run on from a timer, once and not early; False when it is no longer waited for, or not yet due.

    The timers of a case in error wait until it moves again.
    """
    case = desk.session.get(Case, case_id, with_for_update=True, populate_existing=True)
    if case is None or case.state == CaseState.FAILED:
        return False
    query = select(Wait).where(Wait.case_id == case_id, Wait.id == wait_id, Wait.kind == "timer")
    wait = desk.session.scalars(query.order_by(Wait.due_at).limit(1)).first()
    if wait is None or wait.due_at is None:
        return False
    if wait.due_at > desk.now:
        put_off(desk, wait)
        return False
    wait.job_id = None
    edition = edition_of(desk.session, case.version_id)
    services = CaseServices(desk, edition, Given(desk, case))
    note(desk, "timer.fired", case=case, step=wait.step, due_at=wait.due_at)
    with or_stop(desk, case, wait.step, Move("timer")):
        run = resume(edition.blueprint, case.engine_state, services)
        record(desk, services, run.fire(wait_id))
    return True
