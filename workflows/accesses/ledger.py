"""Writing the ledger of access: create disabled, enable, disable; every change is a fact of the case's journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accesses.models import Access, AccessState
from workflows.desk import Desk
from workflows.journal.write import OfCase, note
from workflows.people.models import Person

SYSTEMS = ("SAGIR", "RESEAU", "BADGE")


def accesses_of(session: Session, person_id: UUID) -> Sequence[Access]:
    """What a person has, system by system."""
    query = select(Access).where(Access.person_id == person_id)
    return session.scalars(query.order_by(Access.system)).all()


def holder_of(session: Session, organisation_id: UUID, system: str, account: str) -> UUID | None:
    """Who has an account of this name in a system, None when nobody does."""
    same = (Access.organisation_id == organisation_id, Access.system == system, Access.account == account)
    return session.scalar(select(Access.person_id).where(*same))


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person is given in a system: an account, codes of what it may do, and until when if an end is planned."""

    system: str
    account: str
    codes: tuple[str, ...] = ()
    ends_at: datetime | None = None


def create_disabled(desk: Desk, case: OfCase, person: Person, grant: Grant) -> Access:
    """Create or take up again a person's account, disabled: what was granted before is replaced, never kept."""
    same = (Access.person_id == person.id, Access.system == grant.system)
    row = desk.session.scalar(select(Access).where(*same).with_for_update())
    if row is None:
        row = Access(organisation_id=person.organisation_id, person_id=person.id, system=grant.system)
        desk.session.add(row)
    row.account, row.granted, row.live = grant.account, list(grant.codes), []
    row.state, row.case_id, row.changed_at, row.ends_at = AccessState.DISABLED, case.id, desk.now, grant.ends_at
    desk.session.flush()
    note(desk, "access.created", case=case, system=grant.system, granted=list(grant.codes), until=grant.ends_at)
    return row


def reserve(desk: Desk, case: OfCase, person: Person, grant: Grant) -> Access | None:
    """Hold an account for someone for whom a connector is about to make or take it up again; None if the name is taken.

    What exists is left as it is: an account that works keeps working, one of before keeps its name.
    """
    taken = holder_of(desk.session, person.organisation_id, grant.system, grant.account)
    same = (Access.person_id == person.id, Access.system == grant.system)
    row = desk.session.scalar(select(Access).where(*same).with_for_update())
    if row is None and taken is None:
        row = Access(organisation_id=person.organisation_id, person_id=person.id, system=grant.system)
        row.account, row.state, row.changed_at = grant.account, AccessState.DISABLED, desk.now
        desk.session.add(row)
    if row is not None and row.state == AccessState.DISABLED:
        row.case_id, row.ends_at = case.id, grant.ends_at
    desk.session.flush()
    return row


def enable(desk: Desk, case: OfCase, row: Access, live: Sequence[str]) -> bool:
    """Enable an account for some of what it was granted; False when it already was so: nothing is done twice."""
    if row.state == AccessState.ENABLED and row.live == list(live):
        return False
    row.state, row.live, row.changed_at = AccessState.ENABLED, list(live), desk.now
    desk.session.flush()
    note(desk, "access.enabled", case=case, system=row.system, live=list(live))
    return True


def suspend(desk: Desk, case: OfCase, row: Access) -> bool:
    """Stop an account for a while: what it was granted stays granted; False when it does not work anyway."""
    if row.state == AccessState.DISABLED:
        return False
    row.state, row.live, row.changed_at = AccessState.DISABLED, [], desk.now
    desk.session.flush()
    note(desk, "access.suspended", case=case, system=row.system)
    return True


def disable(desk: Desk, case: OfCase, row: Access) -> bool:
    """Disable an account and all that works in it; False when it was disabled already. Nothing is deleted."""
    if row.state == AccessState.DISABLED and not row.granted:
        return False
    before = list(row.granted)
    row.state, row.live, row.granted, row.changed_at = AccessState.DISABLED, [], [], desk.now
    desk.session.flush()
    note(desk, "access.disabled", case=case, system=row.system, before=before)
    return True


def narrow(desk: Desk, case: OfCase, row: Access, codes: Sequence[str]) -> bool:
    """Take some of what an account was granted away, the account itself staying; False when none of it was there."""
    leaving = [code for code in row.granted if code in codes]
    if not leaving:
        return False
    row.granted = [code for code in row.granted if code not in leaving]
    row.live = [code for code in row.live if code not in leaving]
    row.changed_at = desk.now
    desk.session.flush()
    note(desk, "access.narrowed", case=case, system=row.system, removed=leaving, left=list(row.granted))
    return True
