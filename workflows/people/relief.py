"""What is missing when someone leaves a role (CARD-02, 03, 09), and what a replacement in writing needs (CARD-13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.people.cardinality import Proposal, Violation, against_naming, holding, reaching
from workflows.people.delegation import entries_in_force
from workflows.people.models import Person, RoleAssignment, Substitution
from workflows.people.roles import SIGNATORY, employed, live
from workflows.people.settings import setting

PILOTS = 2
ALONE = frozenset({"MANDA", "FACTU", "PROP"})
"""Roles that one person holds and that somebody should hold."""
LONGEST_MONTHS = 12
PERSONAL = frozenset({"SOD-05", "SOD-12", "SOD-06"})


def against_ending(session: Session, proposal: Proposal) -> tuple[Violation, ...]:
    """What ending a role leaves uncovered; ``proposal.without`` holds the row that ends, ``until`` is None."""
    return tuple(_left(session, proposal))


def _left(session: Session, proposal: Proposal) -> Iterator[Violation]:
    role, rows = proposal.role, holding(session, replace(proposal, until=None), proposal.role)
    at = [(row, person) for row, person in rows if _holds_at(row, proposal.since)]
    if role == "INTRL" and not covers_lead(session, proposal):
        yield Violation("CARD-02")
    elif role == "RCELL" and len(reaching(at, proposal.scope, proposal.scope_code)) < PILOTS:
        yield Violation("CARD-03", blocks=False)
    elif role == "PILOT" and len(_pilots(session, proposal, at)) < PILOTS:
        yield Violation("CARD-09", blocks=False)
    elif role in ALONE and not [row for row, _ in at if (row.scope, row.scope_code) == _scope(proposal)]:
        yield Violation("VACANCE", blocks=False)


def covers_lead(session: Session, proposal: Proposal) -> bool:
    """Whether someone else is contact lead, at the very instant, for the scope that one leaves (CARD-02).

    Where there is one a subdivision, it must be that subdivision's, or the whole body's.
    """
    rows = holding(session, replace(proposal, until=None), "INTRL")
    at = [row for row, _ in rows if _holds_at(row, proposal.since)]
    if setting(proposal.organisation, "intrl_portee") != "SUBDIVISION" or proposal.scope == "ORG":
        return bool(at)
    return any(row.scope == "ORG" or row.scope_code == proposal.scope_code for row in at)


def _holds_at(row: RoleAssignment, at: datetime) -> bool:
    return row.valid_from <= at and (row.valid_until is None or row.valid_until > at)


def _scope(proposal: Proposal) -> tuple[str, str | None]:
    return proposal.scope, proposal.scope_code


def _pilots(session: Session, proposal: Proposal, rows: list[tuple[RoleAssignment, Person]]) -> set[object]:
    """The persons who may act as pilots: those who hold the role, and their substitutes (CARD-09)."""
    holders: set[object] = {row.person_id for row, _ in rows}
    given = select(Substitution.substitute_id).where(
        Substitution.titulaire_id.in_([row.person_id for row, _ in rows]),
        Substitution.roles.contains(["PILOT"]),
        Substitution.valid_from <= proposal.since,
        Substitution.valid_until > proposal.since,
    )
    return holders | set(session.scalars(given))


def against_substituting(
    session: Session, proposal: Proposal, titulaire: Person, *, written: bool
) -> tuple[Violation, ...]:
    """What speaks against a person standing in for another: who it is, how long, and the paper (CARD-13)."""
    found = [one for one in against_naming(session, proposal) if one.rule in PERSONAL]
    if not written or proposal.until is None or proposal.person_id == titulaire.id:
        found.append(Violation("CARD-13"))
    elif proposal.until > months_later(proposal.since, LONGEST_MONTHS, proposal.organisation.timezone):
        found.append(Violation("CARD-13L"))
    if proposal.role == SIGNATORY and not substitutable(session, proposal, titulaire):
        found.append(Violation("CARD-13S"))
    other = select(Person).join(Substitution, Substitution.substitute_id == Person.id)
    other = other.where(Substitution.titulaire_id == titulaire.id, Substitution.roles.contains([proposal.role]))
    if proposal.until is not None:
        other = other.where(Substitution.valid_from < proposal.until, Substitution.valid_until > proposal.since)
        found += [Violation("CARD-13D", name=person.name) for person in session.scalars(other.limit(1))]
    return tuple(found)


def substitutable(session: Session, proposal: Proposal, titulaire: Person) -> tuple[str, ...]:
    """The entries under which someone may stand in for a signatory: those told, else all that the plan lets be."""
    live = entries_in_force(session, proposal.organisation.id, proposal.since)
    own = {entry.code for entry in live if entry.person_id == titulaire.id and entry.substitutable}
    told = set(proposal.entries)
    return tuple(sorted(told or own)) if told <= own else ()


def months_later(at: datetime, months: int, timezone: str) -> datetime:
    """The same local day and hour some months later; the last of the month when it has no such day."""
    local = at.astimezone(ZoneInfo(timezone))
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    for day in (local.day, 30, 29, 28):
        try:
            return local.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise ValueError(at)


def lead_at(session: Session, organisation_id: object, at: datetime) -> tuple[Person, ...]:
    """Who is contact lead at an instant, an interim included."""
    query = (
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.organisation_id == organisation_id, RoleAssignment.role == "INTRL")
        .where(live(at), employed(at))
    )
    return tuple(session.scalars(query.order_by(Person.code)))
