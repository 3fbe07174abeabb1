"""Whose inbox a task comes to: a role's, a named person's, or those who may sign."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from workflows.cases.above import first_above, ground_of
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.naming import approver_reach, proposer_reach
from workflows.cases.reaching import Named, Reach
from workflows.cases.stead import keep_off
from workflows.desk import Desk
from workflows.engine import OpenTask
from workflows.notices.whom import holders
from workflows.people.models import Organisation, Person
from workflows.people.queues import queue_of
from workflows.people.role_codes import ROLE_CODES

__all__ = ["Named", "Reach", "reach_of"]


def reach_of(desk: Desk, case: Case, opened: OpenTask, addressed: str | None) -> Reach:
    """Whom an opened task comes to; ``addressed`` is who a return was addressed to (``DEMANDEUR``, ``RCELL``)."""
    return keep_off(desk, case, _reach(desk, case, opened, addressed))


def _reach(desk: Desk, case: Case, opened: OpenTask, addressed: str | None) -> Reach:
    role, person = opened.lane or "", opened.person
    if person == "owners":
        return _owner(desk, case, role, opened)
    if person == "proposer":
        return proposer_reach(desk, case, role)
    if person == "approver":
        return approver_reach(desk, case)
    if person in ("superior", "manager"):
        return _superior(desk, case, role, asked_too=person == "manager")
    if person == "beneficiary":
        return _fixed(desk, case, role, case.beneficiary_id)
    if person == "asked" and addressed == "RCELL":
        return _by_role(desk, case, "RCELL")
    if person in ("requester", "asked"):
        return _fixed(desk, case, role, case.requester_id)
    return _apart(desk, case, opened, _by_role(desk, case, role))


def _fixed(desk: Desk, case: Case, role: str, person_id: UUID | None) -> Reach:
    """One person, fixed by the case; the role's inbox when the case knows none (an order from a portal)."""
    person = desk.session.get(Person, person_id) if person_id is not None else None
    if person is None:
        return _by_role(desk, case, "RCELL" if role == "EMPLO" else role)
    return Reach(role, named=(Named(person.id, person.code),))


def _owner(desk: Desk, case: Case, role: str, opened: OpenTask) -> Reach:
    """Whose this one of several tasks is: the owner of a module, or a role; security's own have no module.

    ``parcours:owners`` names the list in what the case knows (``proprietaires`` when it is not said).
    """
    owners = case.facts.get(str(opened.attributes.get("owners") or "proprietaires")) or []
    owner = owners[opened.item] if opened.item is not None and opened.item < len(owners) else None
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    if owner is None or owner in ROLE_CODES:
        found = owner or role
        item = opened.item if "owners" in opened.attributes else None
        return _apart(desk, case, opened, Reach(found, queue_of(found, organisation.code), item=item))
    return _apart(desk, case, opened, Reach(role, queue_of(role, organisation.code, unit=owner)))


def _apart(desk: Desk, case: Case, opened: OpenTask, reach: Reach) -> Reach:
    """Keep out whoever did one of the steps that this one is kept apart from (SOD-07)."""
    steps = str(opened.attributes.get("apart") or "").split()
    if not steps or reach.queue is None:
        return reach
    did = select(Task.closed_by_id).where(Task.case_id == case.id, Task.step.in_(steps), Task.state == TaskState.DONE)
    kept = {person_id: "SOD-07" for person_id in desk.session.scalars(did) if person_id is not None}
    return replace(reach, excluded={**reach.excluded, **kept})


def _superior(desk: Desk, case: Case, role: str, asked_too: bool) -> Reach:
    """The beneficiary's superior, else the next one up who is not concerned; absent, the person who stands in.

    ``asked_too``: who started the case is not kept out for that (a manager declares a departure, then plans it).
    """
    found = first_above(desk, case, asked_too=asked_too)
    if found is None:
        return _by_role(desk, case, role)
    return Reach(role, named=(Named(found.acting.id, found.acting.code, ground_of(found)),))


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
