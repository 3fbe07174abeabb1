"""What stops a case, as a person reads it: the reason in words, what was tried, and whom to ask."""

from __future__ import annotations

from workflows.cases.incident_row import open_incident
from workflows.cases.models import Case, CaseState
from workflows.cases.views import IncidentRow, PersonRef
from workflows.desk import Desk
from workflows.engine.reasons import reason_of
from workflows.people.authority import OPERATOR
from workflows.people.roles import holders_of


def incident_of(desk: Desk, case: Case) -> IncidentRow | None:
    """Why a case stands in error, None for one that does not."""
    found = open_incident(desk.session, case.id) if case.state == CaseState.FAILED else None
    if found is None:
        return None
    operators = holders_of(desk.session, case.organisation_id, OPERATOR, desk.now)
    return IncidentRow(
        reference=found.reference,
        at=found.at,
        step=found.step,
        code=found.code,
        reason=reason_of(found.code, found.params, "fr"),
        reason_en=reason_of(found.code, found.params, "en"),
        attempts=found.attempts,
        next_at=found.next_at,
        contact=tuple(PersonRef(person.code, person.name) for person in operators),
    )
