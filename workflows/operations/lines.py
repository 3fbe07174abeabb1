"""A mobile line and its device, once received: written in the ledger, so that a departure ends them (R38)."""

from __future__ import annotations

from sqlalchemy import select

from workflows.accesses.models import Access, AccessState
from workflows.journal.write import note
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.people.directory import person_by_code
from workflows.people.models import Person

LINE, DEVICE = "LIGNE", "APPAREIL"
SEVERAL = " / "
"""Between the numbers of someone who has several."""


def record_line(context: OperationContext, completion: Completion) -> Effect:
    """Write whose line and device these are: what a person has is what a departure takes back."""
    said, session, own = completion.answers, context.desk.session, context.case.organisation_id
    whose = (said.get("imputabilite") or {}).get("personne")
    person = person_by_code(session, str(whose), own) if whose else None
    if person is None and context.case.beneficiary_id is not None:
        person = session.get(Person, context.case.beneficiary_id)
    if person is None:
        return Effect()
    for system, account in ((LINE, said.get("no_ligne")), (DEVICE, said.get("imei") or said.get("no_inventaire"))):
        if account:
            _write(context, person, system, str(account))
    return Effect()


def _write(context: OperationContext, person: Person, system: str, account: str) -> None:
    same = (Access.person_id == person.id, Access.system == system)
    row = context.desk.session.scalar(select(Access).where(*same).with_for_update())
    if row is None:
        row = Access(organisation_id=person.organisation_id, person_id=person.id, system=system, account=account)
        context.desk.session.add(row)
    elif row.state == AccessState.ENABLED and account not in row.account.split(SEVERAL):
        row.account = f"{row.account}{SEVERAL}{account}"
    elif row.state != AccessState.ENABLED:
        row.account = account
    row.state, row.case_id, row.changed_at = AccessState.ENABLED, context.case.id, context.desk.now
    context.desk.session.flush()
    note(context.desk, "access.enabled", case=context.case, system=system, live=[])
