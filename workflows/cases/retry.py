"""Putting a case in error back to work: by an operator (« Reprendre »), or by itself after a while."""

from __future__ import annotations

from uuid import UUID

from workflows.cases.access import allow_sight
from workflows.cases.given import Given
from workflows.cases.incident import Move, or_stop
from workflows.cases.incident_row import Incident
from workflows.cases.models import Case, CaseState
from workflows.cases.record import record
from workflows.cases.services import CaseServices
from workflows.cases.store import hold_case
from workflows.cases.waits import ask_for_parked
from workflows.catalog.edition import edition_of
from workflows.desk import Actor, Desk, system_actor
from workflows.engine import resume
from workflows.errors import Conflict
from workflows.journal.write import note
from workflows.people.authority import may_operate

RETRY = "REPRENDRE"


def may_be_retried(actor: Actor, case: Case) -> bool:
    """Whether the actor may put a case back to work now."""
    operates = actor.organisation_id == case.organisation_id and may_operate(actor)
    return operates and case.state == CaseState.FAILED


def retry_case(desk: Desk, ref: str) -> Case:
    """Let a case in error go on from its last good state: moments that came meanwhile happen, messages are tried again.

    A task whose completion failed is back in the hands of whoever did it, with the answers as a draft. When it fails
    again the case stays where it was, and the try is counted.
    """
    case = hold_case(desk, ref)
    allow_sight(desk, case)
    may_operate(desk.actor, refuse=True)
    if case.state != CaseState.FAILED:
        raise Conflict("case.not_failed", number=case.number)
    note(desk, "case.retried", case=case)
    _again(desk, case)
    return case


def retry_by_itself(desk: Desk, incident_id: UUID) -> bool:
    """Try again what stopped a case, its time having come; False when there is nothing to try."""
    incident = desk.session.get(Incident, incident_id)
    case = None if incident is None else desk.session.get(Case, incident.case_id, with_for_update=True)
    if incident is not None:
        desk.session.refresh(incident)
    if incident is None or case is None or incident.closed_at is not None or case.state != CaseState.FAILED:
        return False
    if incident.next_at is None or incident.next_at > desk.now:
        return False
    note(desk, "case.retried", case=case, attempt=incident.attempts)
    _again(desk, case)
    return True


def _again(desk: Desk, case: Case) -> None:
    house = desk.acting_as(system_actor(case.organisation_id))
    edition = edition_of(desk.session, case.version_id)
    services = CaseServices(house, edition, Given(house, case))
    with or_stop(house, case, None, Move("retry")):
        run = resume(edition.blueprint, case.engine_state, services)
        record(house, services, run.again())
    ask_for_parked(house, case)
