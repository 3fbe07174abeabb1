"""Reading who there is to sign: live entries and replacements, who holds DERO in scope, who is at work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.people.absence import away
from workflows.people.delegation import entries_in_force
from workflows.people.hierarchy import line_above, units_below
from workflows.people.models import Person, RoleAssignment, Unit
from workflows.people.roles import live, works
from workflows.people.substitution import live_substitutions
from workflows.signatures.matter import Bench, Standin

SIGNATORY = "DERO"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request lies: its organisation, budget unit, billing subdivision."""

    organisation_id: UUID
    unit_id: UUID | None
    subdivision: str | None = None


def read_bench(session: Session, place: Place, moment: datetime) -> Bench:
    """Who there is to sign what lies at a place, at a moment."""
    entries = entries_in_force(session, place.organisation_id, moment)
    holders = {entry.person_id for entry in entries}
    standins = tuple(
        Standin(row.code, row.titulaire_id, row.substitute_id, frozenset(row.entries), row.valid_until)
        for row in live_substitutions(session, place.organisation_id, moment)
    )
    people = _people(session, holders | {one.substitute_id for one in standins})
    return Bench(
        entries=entries,
        standins=standins,
        signers=frozenset(_signers(session, place, moment)),
        at_work=frozenset(person.id for person in people if works(person, moment)),
        codes={person.id: person.code for person in people},
        away=away(session, [person.id for person in people], moment),
    )


def subordinates(session: Session, beneficiary_id: UUID | None, bench: Bench, *others: UUID) -> frozenset[UUID]:
    """Those of the bench, and others, who work under the beneficiary, directly or not."""
    if beneficiary_id is None:
        return frozenset()
    people = _people(session, {*bench.codes, *others})
    return frozenset(person.id for person in people if beneficiary_id in line_above(session, person))


def _people(session: Session, ids: Iterable[UUID]) -> list[Person]:
    return list(session.scalars(select(Person).where(Person.id.in_(list(ids))).order_by(Person.code)))


def _signers(session: Session, place: Place, moment: datetime) -> Iterable[UUID]:
    """Who holds DERO for the place."""
    query = select(RoleAssignment).where(
        RoleAssignment.organisation_id == place.organisation_id, RoleAssignment.role == SIGNATORY, live(moment)
    )
    return [row.person_id for row in session.scalars(query) if _reaches(session, row, place)]


def _reaches(session: Session, row: RoleAssignment, place: Place) -> bool:
    """Whether a role's scope holds the place: the whole body, a sector with the unit in it, the subdivision."""
    if row.scope == "SEC":
        return place.unit_id in _sector(session, place, row.scope_code)
    return row.scope == "ORG" or (row.scope == "SUB" and place.subdivision in (None, row.scope_code))


def _sector(session: Session, place: Place, code: str | None) -> frozenset[UUID]:
    query = select(Unit.id).where(Unit.organisation_id == place.organisation_id, Unit.code == code)
    top = session.scalar(query)
    return frozenset(unit.id for unit in units_below(session, top)) if top is not None else frozenset()
