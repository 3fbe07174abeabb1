"""Whose inbox a task comes to: a role's, a named person's, or those who may sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from workflows.cases.models import Case
from workflows.desk import Desk
from workflows.engine import OpenTask
from workflows.notices.whom import holders
from workflows.people.hierarchy import superior_of
from workflows.people.models import Organisation, Person
from workflows.people.queues import queue_of
from workflows.people.substitution import live_substitute


@dataclass(frozen=True, slots=True)
class Named:
    """A person named for a task, why, and until when that holds."""

    person_id: UUID
    code: str
    ground: Mapping[str, Any] = field(default_factory=dict)
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Who a task comes to: an inbox without those that a rule keeps out, or named persons."""

    role: str
    queue: str | None = None
    item: int | None = None
    named: tuple[Named, ...] = ()
    excluded: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def who(self) -> tuple[str, ...]:
        """The codes of the persons named, else the role."""
        return tuple(named.code for named in self.named) or (self.role,)


def reach_of(desk: Desk, case: Case, opened: OpenTask, addressed: str | None) -> Reach:
    """Whom an opened task comes to; ``addressed`` is who a return was addressed to (``DEMANDEUR``, ``RCELL``)."""
    role, person = opened.lane or "", opened.person
    if person == "superior":
        return _superior(desk, case, role)
    if person == "beneficiary":
        return _fixed(desk, case, role, case.beneficiary_id)
    if person == "asked" and addressed == "RCELL":
        return _by_role(desk, case, "RCELL")
    if person in ("requester", "asked"):
        return _fixed(desk, case, role, case.requester_id)
    return _by_role(desk, case, role)


def _fixed(desk: Desk, case: Case, role: str, person_id: UUID | None) -> Reach:
    """One person, fixed by the case; the role's inbox when the case knows none (an order from a portal)."""
    person = desk.session.get(Person, person_id) if person_id is not None else None
    if person is None:
        return _by_role(desk, case, "RCELL" if role == "EMPLO" else role)
    return Reach(role, named=(Named(person.id, person.code),))


def _superior(desk: Desk, case: Case, role: str) -> Reach:
    """The beneficiary's superior, else the next one up who is not concerned; absent, the person who stands in."""
    found = _first_above(desk, case)
    if found is None:
        return _by_role(desk, case, role)
    person, acting = found
    return Reach(role, named=(Named(acting.id, acting.code, _ground(person, acting)),))


def acting_superior(desk: Desk, case: Case) -> Person | None:
    """Who confirms the beneficiary's need now: the superior, or whoever acts in that place; None at the very top."""
    found = _first_above(desk, case)
    return found[1] if found is not None else None


def _first_above(desk: Desk, case: Case) -> tuple[Person, Person] | None:
    """The first superior whose place is held by someone who neither asks nor benefits, and who holds it."""
    concerned = {case.requester_id, case.beneficiary_id}
    person = desk.session.get(Person, case.beneficiary_id) if case.beneficiary_id else None
    seen: set[UUID] = set()
    while person is not None and person.id not in seen:
        seen.add(person.id)
        person = superior_of(desk.session, person)
        if person is None:
            break
        acting = _acting(desk, person)
        if acting.id not in concerned:
            return person, acting
    return None


def _acting(desk: Desk, person: Person) -> Person:
    found = live_substitute(desk.session, person.id, desk.now)
    if found is None:
        return person
    return desk.session.get_one(Person, found.substitute_id)


def _ground(titulaire: Person, acting: Person) -> dict[str, Any]:
    return {} if acting.id == titulaire.id else {"titulaire": titulaire.code, "quality": "SUBSTITUT"}


def _by_role(desk: Desk, case: Case, role: str) -> Reach:
    """The role's inbox; an RCELL never analyses a request for himself: another does, else INTRL (SOD-03)."""
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    excluded: dict[UUID, str] = {}
    if role == "RCELL" and case.beneficiary_id is not None:
        found = holders(desk.session, case.organisation_id, role, desk.now, case.subdivision)
        if case.beneficiary_id in (there := {holder.id for holder in found}):
            excluded = {case.beneficiary_id: "SOD-03"}
            role = role if there - excluded.keys() else "INTRL"
    return Reach(role, queue_of(role, organisation.code, subdivision=case.subdivision), excluded=excluded)
