"""How many may hold a role at once, and who may not (CARD-01 to 14, SOD-05, 06, 12): asked over a whole period.

Asked when someone is proposed, and again in the very transaction in which the role begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from workflows.people.appointing import HEAD
from workflows.people.delegation import entries_in_force
from workflows.people.models import Organisation, Person, RoleAssignment
from workflows.people.roles import employed
from workflows.people.settings import setting

RESERVED = ("ACTIVE", "ACCEPTEE")
"""The states in which a row counts against another: accepted, it begins later."""
ALONE_IN_SCOPE: Mapping[str, str] = {
    "INTRL": "CARD-01",
    "MANDA": "CARD-04",
    "MANDA_S": "CARD-04",
    "GAPCO": "CARD-05",
    "FACTU": "CARD-06",
    "PROP": "CARD-10",
}
"""The rule by which only one person at a time holds a role in a scope."""
AUDITOR = "AUDIT"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Someone for a role, in a scope, over ``[since, until)``; ``without``: the rows that end as it begins."""

    organisation: Organisation
    role: str
    person_id: UUID
    scope: str
    scope_code: str | None
    since: datetime
    until: datetime | None = None
    without: frozenset[UUID] = frozenset()
    entries: tuple[str, ...] = ()
    proposer_id: UUID | None = None
    proposer_roles: frozenset[str] = frozenset({HEAD})


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that speaks against a proposal: it blocks it, or only asks for a reason; ``name`` is who is in the way."""

    rule: str
    blocks: bool = True
    name: str | None = None
    row_id: UUID | None = None


def against_naming(session: Session, proposal: Proposal) -> tuple[Violation, ...]:
    """Every rule that speaks against giving someone a role."""
    return tuple(found for rule in RULES for found in rule(session, proposal))


def overlapping(since: datetime, until: datetime | None) -> ColumnElement[bool]:
    """The rows that hold at some instant of ``[since, until)``, both half-open."""
    begins = RoleAssignment.valid_from < until if until is not None else RoleAssignment.id.is_not(None)
    return and_(begins, or_(RoleAssignment.valid_until.is_(None), RoleAssignment.valid_until > since))


def holding(session: Session, proposal: Proposal, role: str) -> Sequence[tuple[RoleAssignment, Person]]:
    """Who holds a role, or is to, at some instant of the proposal's period; an interim gives way, and is left out."""
    query = (
        select(RoleAssignment, Person)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.organisation_id == proposal.organisation.id,
            RoleAssignment.role == role,
            RoleAssignment.state.in_(RESERVED),
            RoleAssignment.interim.is_(False),
            RoleAssignment.id.not_in(proposal.without),
            overlapping(proposal.since, proposal.until),
            employed(proposal.since),
        )
        .order_by(Person.code, RoleAssignment.id)
    )
    return [(row, person) for row, person in session.execute(query)]


def _not_oneself(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """No one appoints himself (SOD-05)."""
    if proposal.proposer_id == proposal.person_id:
        yield Violation("SOD-05")


def _by_the_head(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """Only the head of the body appoints who binds it (SOD-06)."""
    if proposal.role == "DERO" and HEAD not in proposal.proposer_roles:
        yield Violation("SOD-06")


def _no_auditor(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """An auditor holds no other role (SOD-12)."""
    if any(row.person_id == proposal.person_id for row, _ in holding(session, proposal, AUDITOR)):
        yield Violation("SOD-12")


def _mode(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """One contact lead for the whole body, or one a subdivision: never both at once (CARD-01)."""
    by_subdivision = setting(proposal.organisation, "intrl_portee") == "SUBDIVISION"
    if proposal.role == "INTRL" and (proposal.scope == "SUB") is not by_subdivision:
        yield Violation("CARD-01M")


def _alone(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """One in a scope (CARD-01, 04, 05, 06, 10)."""
    rule = ALONE_IN_SCOPE.get(proposal.role)
    for row, person in holding(session, proposal, proposal.role) if rule is not None else ():
        if (row.scope, row.scope_code) == (proposal.scope, proposal.scope_code):
            yield Violation(rule or "", name=person.name, row_id=row.id)


def _twice(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """The same person does not hold the same role twice in one scope."""
    if proposal.role in ALONE_IN_SCOPE:
        return
    for row, person in holding(session, proposal, proposal.role):
        mine = row.person_id == proposal.person_id
        if mine and (row.scope, row.scope_code) == (proposal.scope, proposal.scope_code):
            yield Violation("DEJA", name=person.name, row_id=row.id)


def _against_entry(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """Who signs derogations does it under a live entry of the delegation plan (CARD-07)."""
    if proposal.role != "DERO":
        return
    live = entries_in_force(session, proposal.organisation.id, proposal.since)
    own = {entry.code for entry in live if entry.person_id == proposal.person_id}
    if not own or not set(proposal.entries) <= own:
        yield Violation("CARD-07")


def _relief(session: Session, proposal: Proposal) -> Iterator[Violation]:
    """A single cellular representative where the scope reaches has no relief (CARD-03)."""
    if proposal.role == "RCELL":
        others = reaching(holding(session, proposal, "RCELL"), proposal.scope, proposal.scope_code)
        if not others - {proposal.person_id}:
            yield Violation("CARD-03", blocks=False)


def reaching(rows: Sequence[tuple[RoleAssignment, Person]], scope: str, scope_code: str | None) -> frozenset[UUID]:
    """The persons whose rows reach a scope: those of the whole body, and those of that very scope."""
    return frozenset(
        row.person_id for row, _ in rows if row.scope == "ORG" or (row.scope, row.scope_code) == (scope, scope_code)
    )


Rule = Callable[[Session, Proposal], Iterator[Violation]]
RULES: tuple[Rule, ...] = (
    _not_oneself,
    _by_the_head,
    _no_auditor,
    _mode,
    _alone,
    _twice,
    _against_entry,
    _relief,
)
