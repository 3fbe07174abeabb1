"""The register of roles: by role, who holds it, where, since and until when, what is to come, what was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true

from workflows.cases.models import Case
from workflows.cases.views import PersonRef
from workflows.desk import ActorKind, Desk
from workflows.errors import Forbidden
from workflows.people.appointing import SCOPES, may_propose
from workflows.people.delegation import entries_in_force
from workflows.people.duties import Duty, duties
from workflows.people.models import Person, RoleAssignment, Substitution
from workflows.people.roles import SIGNATORY, works

READERS = frozenset({"INTRL", "DIR", "GEST", "RH", "CSEC", "AUDIT"})
REDUCED = frozenset({"RH"})
"""Roles that see who holds what, not the papers it rests on."""
SOON = timedelta(days=30)
LONGEST_HISTORY = 50
HELD, COMING, PROPOSED, SUSPENDED, ENDED = "ACTIVE", "A_VENIR", "PROPOSEE", "SUSPENDUE", "TERMINEE"
PENDING = ("PROPOSEE", "ACCEPTEE")
EXPECTED = frozenset({"INTRL", "RCELL", "MANDA", "FACTU", "DERO", "PILOT"})
"""Roles that somebody should hold: nobody there is a vacancy."""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who stands in for a holder, until when."""

    person: PersonRef
    until: datetime


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One row of the register, as it stands now."""

    id: UUID
    role: str
    person: PersonRef
    scope: str
    scope_code: str | None
    since: datetime
    until: datetime | None
    state: str
    interim: bool
    entries: tuple[str, ...]
    named_by: PersonRef | None
    instrument: str | None
    case: str | None
    ends_soon: bool
    substitutes: tuple[Substitute, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleView:
    """One role of the register."""

    role: str
    duty: Duty
    scopes: tuple[str, ...]
    rows: tuple[RoleRow, ...]
    history: tuple[RoleRow, ...]
    vacant: bool
    may_propose: bool


def may_read_register(desk: Desk) -> bool:
    """Whether the actor sees the register of roles of the body."""
    return desk.actor.kind is ActorKind.PERSON and bool(READERS & desk.actor.roles)


def register(desk: Desk) -> tuple[RoleView, ...]:
    """Every role that a nomination gives, with its holders; ``Forbidden`` for who does not answer for it."""
    if not may_read_register(desk):
        raise Forbidden("roles.not_yours")
    rows = _rows(desk)
    return tuple(_view(desk, role, duty, rows.get(role, ())) for role, duty in duties().items() if role in SCOPES)


def _view(desk: Desk, role: str, duty: Duty, rows: Sequence[RoleRow]) -> RoleView:
    now = tuple(row for row in rows if row.state in (HELD, COMING, PROPOSED, SUSPENDED))
    past = tuple(reversed([row for row in rows if row.state == ENDED]))[:LONGEST_HISTORY]
    held = [row for row in now if row.state == HELD and not row.interim]
    return RoleView(
        role=role,
        duty=duty,
        scopes=SCOPES[role],
        rows=now,
        history=past,
        vacant=role in EXPECTED and not held,
        may_propose=may_propose(desk.actor.roles, role),
    )


def _rows(desk: Desk) -> Mapping[str, Sequence[RoleRow]]:
    session, own = desk.session, desk.actor.organisation_id
    query = select(RoleAssignment, Person).join(Person, Person.id == RoleAssignment.person_id)
    query = query.where(RoleAssignment.organisation_id == own, RoleAssignment.role.in_(list(SCOPES)))
    query = query.where(or_(RoleAssignment.state.not_in(PENDING), _told(desk)))
    found = session.execute(query.order_by(RoleAssignment.valid_from, Person.code, RoleAssignment.id)).all()
    names = _names(desk, {row.named_by_id for row, _ in found})
    numbers = _numbers(desk, {row.case_id for row, _ in found} - set(desk.actor.blind))
    around = _Around(names, numbers, _substitutes(desk), _signatories(desk), REDUCED >= READERS & desk.actor.roles)
    rows: dict[str, list[RoleRow]] = {}
    for row, person in found:
        rows.setdefault(row.role, []).append(_row(desk, row, person, around))
    return rows


def _told(desk: Desk) -> ColumnElement[bool]:
    """Whether a row to come is of no case that is kept from the reader: it would tell of a departure."""
    if not desk.actor.blind:
        return true()
    return or_(RoleAssignment.case_id.is_(None), RoleAssignment.case_id.not_in(desk.actor.blind))


@dataclass(frozen=True, slots=True)
class _Around:
    names: Mapping[UUID, PersonRef]
    numbers: Mapping[UUID, str]
    substitutes: Mapping[tuple[UUID, str], tuple[Substitute, ...]]
    entries: Mapping[UUID, frozenset[str]]
    reduced: bool


def _row(desk: Desk, row: RoleAssignment, person: Person, around: _Around) -> RoleRow:
    ends = row.valid_until is not None and desk.now < row.valid_until <= desk.now + SOON
    own = around.entries.get(row.person_id, frozenset())
    return RoleRow(
        id=row.id,
        role=row.role,
        person=PersonRef(person.code, person.name),
        scope=row.scope,
        scope_code=row.scope_code,
        since=row.valid_from,
        until=row.valid_until,
        state=_state(desk, row, person, own),
        interim=row.interim,
        entries=tuple(sorted(set(row.entries) & own or own)) if row.role == SIGNATORY else (),
        named_by=around.names.get(row.named_by_id) if row.named_by_id is not None else None,
        instrument=None if around.reduced else row.instrument,
        case=around.numbers.get(row.case_id) if row.case_id is not None else None,
        ends_soon=ends,
        substitutes=around.substitutes.get((row.person_id, row.role), ()),
    )


def _state(desk: Desk, row: RoleAssignment, person: Person, entries: frozenset[str]) -> str:
    """How a row stands now: one of DERO without a live entry is suspended (CARD-07), whoever left holds nothing."""
    if row.state != HELD:
        return COMING if row.state == "ACCEPTEE" else row.state
    if row.valid_from > desk.now:
        return COMING
    if (row.valid_until is not None and row.valid_until <= desk.now) or not works(person, desk.now):
        return ENDED
    if row.role == SIGNATORY and not (set(row.entries) & entries if row.entries else entries):
        return SUSPENDED
    return HELD


def _names(desk: Desk, ids: Iterable[UUID | None]) -> Mapping[UUID, PersonRef]:
    people = desk.session.scalars(select(Person).where(Person.id.in_([one for one in ids if one is not None])))
    return {person.id: PersonRef(person.code, person.name) for person in people}


def _numbers(desk: Desk, ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    query = select(Case.id, Case.number).where(Case.id.in_([one for one in ids if one is not None]))
    return {row.id: row.number for row in desk.session.execute(query)}


def _substitutes(desk: Desk) -> Mapping[tuple[UUID, str], tuple[Substitute, ...]]:
    """Who stands in for whom now, by holder and role."""
    query = select(Substitution, Person).join(Person, Person.id == Substitution.substitute_id)
    mine = (Substitution.organisation_id == desk.actor.organisation_id, Substitution.valid_from <= desk.now)
    rows = desk.session.execute(query.where(*mine, Substitution.valid_until > desk.now).order_by(Substitution.code))
    found: dict[tuple[UUID, str], tuple[Substitute, ...]] = {}
    for row, person in rows:
        one = Substitute(PersonRef(person.code, person.name), row.valid_until)
        for role in row.roles or ((SIGNATORY,) if row.entries else ()):
            found[(row.titulaire_id, role)] = (*found.get((row.titulaire_id, role), ()), one)
    return found


def _signatories(desk: Desk) -> Mapping[UUID, frozenset[str]]:
    """The live entries of the delegation plan, by who holds them."""
    if desk.actor.organisation_id is None:
        return {}
    found: dict[UUID, frozenset[str]] = {}
    for entry in entries_in_force(desk.session, desk.actor.organisation_id, desk.now):
        found[entry.person_id] = found.get(entry.person_id, frozenset()) | {entry.code}
    return found
