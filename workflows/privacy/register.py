"""Writing the register of confidentiality incidents: entered once a case, assessed once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from workflows.desk import Desk
from workflows.journal.write import OfCase, note
from workflows.privacy.models import ConfidentialityIncident, IncidentState

YEARS = 5


def enter(desk: Desk, case: OfCase, person_id: UUID | None, goods: Sequence[str]) -> ConfidentialityIncident:
    """Enter an incident that a case has brought to light; a case that has one open keeps it."""
    found = open_incident(desk, case)
    if found is not None:
        return found
    row = ConfidentialityIncident(
        organisation_id=case.organisation_id,
        case_id=case.id,
        person_id=person_id,
        goods=list(goods),
        known_at=desk.now,
        kept_until=desk.now.replace(year=desk.now.year + YEARS, day=min(desk.now.day, 28)),
    )
    desk.session.add(row)
    desk.session.flush()
    note(desk, "incident.entered", case=case, incident=str(row.id))
    return row


def open_incident(desk: Desk, case: OfCase) -> ConfidentialityIncident | None:
    """A case's incident that nobody has assessed yet."""
    mine = (ConfidentialityIncident.case_id == case.id, ConfidentialityIncident.state == IncidentState.OPEN)
    return desk.session.scalar(select(ConfidentialityIncident).where(*mine).with_for_update())


def assess(desk: Desk, case: OfCase, assessment: str, serious: bool) -> None:
    """Write what the privacy officer concluded."""
    row = open_incident(desk, case)
    if row is None:
        return
    row.state, row.assessment, row.serious = IncidentState.ASSESSED, assessment, serious
    row.assessed_at, row.assessed_by_id = desk.now, desk.actor.id
    note(desk, "incident.assessed", case=case, incident=str(row.id))
