"""Whom the tasks of a nomination come to: whoever proposes, and whoever approves (B.4, N02, N05, N06)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.cases.above import first_above, ground_of
from workflows.cases.models import Case, CaseAnswers
from workflows.cases.reaching import Named, Reach
from workflows.desk import Desk
from workflows.people.appointing import HEAD, LEAD, approved_by_head
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation, Person
from workflows.people.queues import queue_of
from workflows.people.roles import assignments_of

PROPOSAL = "N02"


def proposer_reach(desk: Desk, case: Case, lane: str) -> Reach:
    """Whoever began or made the proposal; the inbox of the role that proposes when nobody did yet."""
    told = select(CaseAnswers.person_id).where(CaseAnswers.case_id == case.id, CaseAnswers.step == PROPOSAL)
    person_id = desk.session.scalar(told) or case.requester_id
    person = desk.session.get(Person, person_id) if person_id is not None else None
    if person is None:
        role = str(case.facts.get("proposeur") or HEAD)
        return Reach(role, _queue(desk, case, role))
    return Reach(lane if lane == "EMPLO" else _quality(desk, person), named=(Named(person.id, person.code),))


def _quality(desk: Desk, person: Person) -> str:
    """Under which role a person proposes."""
    held = {row.role for row in assignments_of(desk.session, person.id, desk.now)}
    return HEAD if HEAD in held else LEAD


def approver_reach(desk: Desk, case: Case) -> Reach:
    """The head for what only the head approves, else the manager of the person named; never that person (SOD-05)."""
    person = person_by_code(desk.session, str(case.facts.get("personne_ref")), case.organisation_id)
    excluded: dict[UUID, str] = {person.id: "SOD-05"} if person is not None else {}
    head = Reach(HEAD, _queue(desk, case, HEAD), excluded=excluded)
    if person is None or approved_by_head(str(case.facts.get("role"))):
        return head
    found = first_above(desk, case, person)
    if found is None:
        return head
    return Reach("GEST", named=(Named(found.acting.id, found.acting.code, ground_of(found)),), excluded={})


def _queue(desk: Desk, case: Case, role: str) -> str:
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    return queue_of(role, organisation.code, subdivision=case.subdivision)
