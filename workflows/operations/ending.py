"""Ending what a person holds: roles, entries of the plan, replacements; and never leaving the body
without a contact lead (CARD-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from workflows.calendars.queries import calendar_of
from workflows.desk import Desk
from workflows.journal.write import OfCase, note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.people.cardinality import Proposal
from workflows.people.models import DelegationEntry, Organisation, Person, RoleAssignment, Substitution
from workflows.people.relief import covers_lead
from workflows.people.roles import holders_of
from workflows.queue import defer

SETTLE = "settle_roles"
"""The job that follows, in the same transaction: claimed tasks go back, the head is asked for a successor."""
INTERIM_DAYS = 20
"""Business days that an interim lasts at most (CARD-02)."""
SUSPENDED = "SUSPENDUE"
STANDING = ("ACTIVE", "ACCEPTEE", "SUSPENDUE", "PROPOSEE")


@dataclass(frozen=True, slots=True)
class Ended:
    """What was ended, and the interim that stands in for the last contact lead, if one had to."""

    roles: tuple[RoleAssignment, ...]
    interim: RoleAssignment | None = None


def hold_register(session: Session, organisation_id: UUID) -> Organisation:
    """Take hold of an organisation's register of roles: two changes at once stand in line here."""
    query = select(Organisation).where(Organisation.id == organisation_id).with_for_update(key_share=True)
    return session.scalars(query).one()


def end_roles(desk: Desk, person: Person, at: datetime, case: OfCase | None) -> Ended:
    """End everything that a person still holds, from an instant on: each with a line in the journal.

    Where the person was the last contact lead, the head of the body is one for the interim, from that very instant.
    """
    hold_register(desk.session, person.organisation_id)
    ended = tuple(row for row in _held(desk.session, person, at) if end_role(desk, row, at, case))
    _end_entries(desk, person, at, case)
    end_substitutions(desk, person, at, case)
    found = [cover(desk, row, at, case) for row in ended if row.role == "INTRL"]
    interim = next((one for one in found if one is not None), None)
    settle_later(desk, person.organisation_id, case)
    return Ended(ended, interim)


def end_role(desk: Desk, row: RoleAssignment, at: datetime, case: OfCase | None, state: str = "TERMINEE") -> bool:
    """End a row at an instant, or at its own end if that came first; one that had not begun never does.

    A suspended one keeps its period: it may be taken up again.
    """
    if row.state == "PROPOSEE":
        desk.session.delete(row)
        desk.session.flush()
        return False
    if state != SUSPENDED and row.valid_from < at and (row.valid_until is None or row.valid_until > at):
        row.valid_until = at
    row.state = state
    if case is not None:
        row.case_id = case.id
    desk.session.flush()
    person = desk.session.get_one(Person, row.person_id)
    kind = "role.suspended" if state == SUSPENDED else "role.ended"
    note(desk, kind, case=case, **told_of(row, person), until=min(at, row.valid_until or at))
    return True


def told_of(row: RoleAssignment, person: Person) -> dict[str, Any]:
    """What the journal says of a row."""
    return {"role": row.role, "person": person.code, "scope": row.scope, "scope_code": row.scope_code}


def cover(desk: Desk, row: RoleAssignment, at: datetime, case: OfCase | None) -> RoleAssignment | None:
    """Where a contact lead's end leaves nobody, the head of the body is one for the interim, of twenty business days.

    The head is asked to name a successor; None where somebody is there, or nobody heads the body.
    """
    organisation = desk.session.get_one(Organisation, row.organisation_id)
    gap = Proposal(organisation, "INTRL", row.person_id, row.scope, row.scope_code, at, without=frozenset({row.id}))
    if covers_lead(desk.session, gap) or _interims(desk.session, row, at):
        return None
    heads = [one for one in holders_of(desk.session, organisation.id, "DIR", at) if one.id != row.person_id]
    heads = heads or list(holders_of(desk.session, organisation.id, "DIR", at))
    if not heads:
        note(desk, "role.vacant", case=case, role="INTRL", scope=row.scope, scope_code=row.scope_code)
        return None
    return interim(desk, row, heads[0], at, case)


def interim(desk: Desk, row: RoleAssignment, person: Person, at: datetime, case: OfCase | None) -> RoleAssignment:
    """Let someone be contact lead for the interim, in the scope that another leaves."""
    organisation = desk.session.get_one(Organisation, row.organisation_id)
    fresh = RoleAssignment(
        organisation_id=organisation.id,
        person_id=person.id,
        role="INTRL",
        scope=row.scope,
        scope_code=row.scope_code,
        valid_from=at,
        valid_until=interim_end(desk, organisation, at),
        named_by_id=desk.actor.id,
        interim=True,
        case_id=case.id if case is not None else None,
    )
    desk.session.add(fresh)
    desk.session.flush()
    note(desk, "role.interim", case=case, **told_of(fresh, person), since=at, until=fresh.valid_until)
    audit = holders(desk.session, organisation.id, "AUDIT", desk.now)
    tell(desk, "role.interim", [person, *audit], case, "X02")
    return fresh


def interim_end(desk: Desk, organisation: Organisation, at: datetime) -> datetime:
    """Midnight, twenty business days after: an interim never lasts longer."""
    zone = ZoneInfo(organisation.timezone)
    day = calendar_of(desk.session, organisation).move_days(at.astimezone(zone).date(), INTERIM_DAYS)
    return datetime.combine(day, time(), zone)


def settle_later(desk: Desk, organisation_id: UUID, case: OfCase | None) -> None:
    """Let what follows a change of the register be done at once, in a transaction of its own."""
    told = str(case.id) if case is not None else None
    defer(desk.session, SETTLE, organisation_id=str(organisation_id), case_id=told)


def end_interims(desk: Desk, row: RoleAssignment, at: datetime, case: OfCase | None) -> None:
    """An interim gives way to the contact lead who begins in its scope; one that had not lasted never was."""
    for other in _interims(desk.session, row, at):
        if other.valid_from >= at:
            desk.session.delete(other)
            desk.session.flush()
        else:
            end_role(desk, other, at, case)


def _interims(session: Session, row: RoleAssignment, at: datetime) -> list[RoleAssignment]:
    """The interims that hold at an instant in the scope of a row, or in the whole body."""
    same = and_(RoleAssignment.scope == row.scope, RoleAssignment.scope_code.is_not_distinct_from(row.scope_code))
    query = select(RoleAssignment).where(
        RoleAssignment.organisation_id == row.organisation_id,
        RoleAssignment.interim.is_(True),
        RoleAssignment.id != row.id,
        RoleAssignment.state == "ACTIVE",
        RoleAssignment.valid_from <= at,
        RoleAssignment.valid_until > at,
        or_(RoleAssignment.scope == "ORG", same),
    )
    return list(session.scalars(query.order_by(RoleAssignment.id)))


def _held(session: Session, person: Person, at: datetime) -> list[RoleAssignment]:
    open_still = or_(RoleAssignment.valid_until.is_(None), RoleAssignment.valid_until > at)
    query = select(RoleAssignment).where(RoleAssignment.person_id == person.id, RoleAssignment.state.in_(STANDING))
    return list(session.scalars(query.where(open_still).order_by(RoleAssignment.role, RoleAssignment.id)))


def _end_entries(desk: Desk, person: Person, at: datetime, case: OfCase | None) -> None:
    """End the entries of the plan that name the person; one of a plan to come is the plan's to change."""
    mine = (DelegationEntry.person_id == person.id, DelegationEntry.valid_from < at)
    open_still = or_(DelegationEntry.valid_until.is_(None), DelegationEntry.valid_until > at)
    for entry in desk.session.scalars(select(DelegationEntry).where(*mine, open_still).order_by(DelegationEntry.code)):
        entry.valid_until = at
        note(desk, "entry.ended", case=case, entry=entry.code, person=person.code, until=at)


def end_substitutions(desk: Desk, person: Person, at: datetime, case: OfCase | None) -> list[tuple[str, UUID]]:
    """End the replacements that the person carries or has; one that had not begun never does.

    The code of each, and who the other person of it is.
    """
    theirs = or_(Substitution.titulaire_id == person.id, Substitution.substitute_id == person.id)
    query = select(Substitution).where(theirs, Substitution.valid_until > at).order_by(Substitution.code)
    ended = []
    for row in desk.session.scalars(query.with_for_update()).all():
        other = row.substitute_id if row.titulaire_id == person.id else row.titulaire_id
        ended.append((row.code, other))
        if row.valid_from < at:
            row.valid_until = at
        else:
            desk.session.delete(row)
        note(desk, "substitution.ended", case=case, substitution=row.code, until=at)
    desk.session.flush()
    return ended
