"""Asking authority: the facts of a task or a case put before the one choke point (``people.authority``)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.cases.about import About
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.reach import Window, arms_of, together
from workflows.cases.sight import sees, sees_whole
from workflows.cases.stead import RULE as SOD_09
from workflows.cases.stead import barred_from
from workflows.cases.store import Held
from workflows.desk import Actor, ActorKind, Desk
from workflows.errors import Forbidden, Missing, Refusal
from workflows.people.authority import TaskFacts, Verb, may, reaches
from workflows.people.ended import authority_ended
from workflows.people.models import Organisation, Person

AT_WORK = "EMPLO"
"""The role of whoever works for the body now: who has left does nothing here any more."""
LOST = "guard.G2"
"""What refuses a signatory whose authority ended after the task came."""


def allow(desk: Desk, verb: Verb | str, held: Held) -> None:
    """Let the actor do something with a task, or say why not; who may not see its case is told of no task."""
    try:
        may(desk.actor, verb, facts_of(desk, held, Verb(verb)))
        if desk.actor.kind is ActorKind.PERSON and AT_WORK not in desk.actor.roles:
            raise Forbidden("task.not_yours")
    except Forbidden as refusal:
        if not sees(desk, held.case):
            raise Missing("task.unknown") from None
        if refusal.code == LOST and desk.actor.id is not None:
            organisation = desk.session.get_one(Organisation, held.case.organisation_id)
            since = authority_ended(desk.session, organisation, desk.actor.id, desk.now)
            raise Forbidden(LOST, **since) from None
        raise


def allow_person(desk: Desk, actor: Actor, held: Held) -> None:
    """Whether someone else may be given a task: what would let that person claim it, were it in no one's hands."""
    facts = facts_of(desk, held, Verb.CLAIM, free=True)
    may(actor, Verb.CLAIM, facts)


def may_do(desk: Desk, held: Held) -> frozenset[str]:
    """Everything that the actor may do with a task now."""
    found = set()
    for verb in Verb:
        try:
            may(desk.actor, verb, facts_of(desk, held, verb))
        except Refusal:
            continue
        found.add(verb.value)
    return frozenset(found)


def facts_of(desk: Desk, held: Held, verb: Verb, *, free: bool = False) -> TaskFacts:
    """What authority needs to know of a task, at the desk's moment."""
    task, case = held.task, held.case
    now = [row for row in held.persons if row.kind == PersonKind.CANDIDATE]
    live = [row for row in now if _stands(row, task, desk)]
    holder = _holder(desk, task) if verb is Verb.ASSIGN or task.assignee_id not in (None, *desk.actor.hands) else None
    return TaskFacts(
        organisation_id=task.organisation_id,
        step=task.step,
        role=task.role,
        queue=task.queue,
        state=TaskState.OPEN if free and task.state == TaskState.CLAIMED else task.state,
        assignee_id=None if free else task.assignee_id,
        assignee=holder.code if holder else None,
        unit_of_assignee=holder.unit_id if holder else None,
        requester_id=case.requester_id,
        beneficiary_id=case.beneficiary_id,
        signs=task.item is not None,
        candidates=frozenset(row.person_id for row in live),
        lost={row.person_id: row.rule for row in now if row not in live},
        excluded=_excluded(desk, held),
    )


def _excluded(desk: Desk, held: Held) -> dict[UUID, str]:
    """Who is kept from a task, with the rule: as it was opened, and whom the case is about now (SOD-09)."""
    listed = {row.person_id: row.rule or "SOD-03" for row in held.persons if row.kind == PersonKind.EXCLUDED}
    barred = barred_from(desk, held.case, held.task.role)
    return {**listed, barred: SOD_09} if barred is not None else listed


def reaches_actor(desk: Desk, held: Held) -> bool:
    """Whether a task comes to the actor at all, whatever its state."""
    return reaches(desk.actor, facts_of(desk, held, Verb.CLAIM))


def allow_sight(desk: Desk, case: Case, *, whole: bool = False) -> None:
    """Let the actor see a case; a case that one may not see does not exist."""
    if not (sees_whole(desk, case) if whole else sees(desk, case)):
        raise Missing("case.unknown")


def allow_start(desk: Desk, about: About) -> None:
    """Let the actor start a process: by role, and never from the central provider's side for a derogation."""
    if not may_start(desk, about):
        raise Forbidden("process.not_yours", process=about.key)


def may_start(desk: Desk, about: About) -> bool:
    """Whether the actor may start a process."""
    if desk.actor.kind is not ActorKind.PERSON or not about.starters.keys() & desk.actor.roles:
        return False
    person = desk.session.get(Person, desk.actor.id)
    return person is not None and (about.central_may_start or not person.central)


def allow_attach(desk: Desk, case: Case) -> None:
    """Let whoever started the case, holds or may take one of its open tasks, join a file to it."""
    if not may_attach(desk, case):
        allow_sight(desk, case)
        raise Forbidden("case.not_yours")


def may_attach(desk: Desk, case: Case) -> bool:
    """Whether the actor may join a file to a case."""
    actor = desk.actor
    if actor.kind is not ActorKind.PERSON or actor.organisation_id != case.organisation_id:
        return False
    if case.ended_at is not None:
        return False
    if actor.id == case.requester_id:
        return True
    window = Window(1, (), Task.case_id == case.id)
    arms = arms_of("queue", actor, desk.now, window) + arms_of("mine", actor, desk.now, window)
    return desk.session.scalar(select(together(arms).c.id).limit(1)) is not None


def _stands(row: TaskPerson, task: Task, desk: Desk) -> bool:
    """Whether a candidate still is one; a list closed with its task kept its candidates to the end."""
    if row.removed_at is not None and row.removed_at != task.closed_at:
        return False
    return row.valid_until is None or row.valid_until > desk.now


def _holder(desk: Desk, task: Task) -> Person | None:
    return desk.session.get(Person, task.assignee_id) if task.assignee_id is not None else None
