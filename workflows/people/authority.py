"""The one choke point: what an actor may do with a task. Pure, deny by default, asked first by every door and job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from workflows.desk import Actor, ActorKind
from workflows.errors import Conflict, Forbidden, Missing
from workflows.people.sod import sod_01

OPERATOR = "EXPL"
"""The role that watches over cases in error."""
CALENDAR_KEEPERS = frozenset({"RH", "ADMIN"})
"""The roles that review the holidays of each year."""
SUPERVISORS: Mapping[str, frozenset[str]] = {
    "RCELL": frozenset({"INTRL"}),
    "MANDA": frozenset({"INTRL"}),
    "FACTU": frozenset({"INTRL"}),
    "INTRL": frozenset({"DIR"}),
    "DERO": frozenset({"DIR"}),
    "CSEC": frozenset({"DIR"}),
    "RPRP": frozenset({"DIR"}),
    "AGCA": frozenset({"SUPCA"}),
    "FINMC": frozenset({"RSECT"}),
}
"""Whose tasks a role may put in other hands."""

LEAVES = "SOD-09"
"""The rule that keeps someone from the tasks of their own departure, and from handing them on."""

HEADED_BY_UNIT = frozenset({"GEST", "PILOT", "PILFM", "TI", "SECPH", "RH", "PROP", "FORMA"})
"""Roles whose supervisor is the manager of their holder's unit."""


class Verb(StrEnum):
    """What may be asked of a task."""

    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    DRAFT = "draft"
    COMPLETE = "complete"
    COMMENT = "comment"
    ATTACH = "attach"


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What authority needs to know of a task.

    ``candidates``: persons named, present now. ``lost``: persons named before, with the rule that took them off
    (None when a period ended). ``excluded``: persons kept out, with the rule. ``signs``: whether completing it may
    bind the body. ``visible``: whether the actor may see the case at all (``people.visibility``).
    """

    organisation_id: UUID
    step: str
    role: str
    queue: str | None
    state: str
    assignee_id: UUID | None = None
    assignee: str | None = None
    unit_of_assignee: UUID | None = None
    requester_id: UUID | None = None
    beneficiary_id: UUID | None = None
    visible: bool = True
    signs: bool = False
    candidates: frozenset[UUID] = frozenset()
    lost: Mapping[UUID, str | None] = field(default_factory=dict)
    excluded: Mapping[UUID, str] = field(default_factory=dict)


def may_operate(actor: Actor, *, refuse: bool = False) -> bool:
    """Whether an actor watches over cases in error and puts them back to work; ``refuse`` raises instead of telling."""
    fine = actor.kind is ActorKind.PERSON and OPERATOR in actor.roles
    if refuse and not fine:
        raise Forbidden("case.retry_not_yours")
    return fine


def may_keep_calendars(actor: Actor, *, refuse: bool = False) -> bool:
    """Whether an actor sets the holidays and special hours of the body; ``refuse`` raises instead of telling."""
    fine = actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.PERSON and bool(CALENDAR_KEEPERS & actor.roles))
    if refuse and not fine:
        raise Forbidden("holidays.not_yours")
    return fine


def may_move_deadlines(actor: Actor, *, refuse: bool = False) -> bool:
    """Whether an actor counts deadlines again after a calendar changed; ``refuse`` raises instead of telling."""
    fine = actor.kind is ActorKind.PERSON and OPERATOR in actor.roles
    if refuse and not fine:
        raise Forbidden("deadlines.not_yours")
    return fine


def may(actor: Actor, verb: Verb | str, facts: TaskFacts) -> None:
    """Let an actor do something with a task, or raise why not, always in the same order."""
    verb = Verb(verb)
    if actor.kind is not ActorKind.PERSON or actor.id is None or actor.organisation_id != facts.organisation_id:
        raise Missing("task.unknown")
    if verb is Verb.ASSIGN:
        return _may_assign(actor, facts)
    if verb is Verb.RELEASE:
        return _may_release(actor, facts)
    _must_reach(actor, facts)
    return _must_be_free(actor, facts, verb)


def reaches(actor: Actor, facts: TaskFacts) -> bool:
    """Whether a task comes to an actor at all, whatever its state."""
    try:
        _must_reach(actor, facts)
    except (Forbidden, Missing):
        return False
    return True


def _must_reach(actor: Actor, facts: TaskFacts) -> None:
    rule = _rule_against(actor, facts)
    if rule is not None and _would_reach(actor, facts):
        raise Forbidden(f"sod.{rule}", rule=rule)
    if _is_candidate(actor, facts):
        return
    if actor.id is not None and actor.id in facts.lost:
        lost = facts.lost[actor.id]
        raise Forbidden("guard.G3", rule=lost) if lost else Forbidden("guard.G2")
    if not facts.visible:
        raise Missing("task.unknown")
    raise Forbidden("task.not_yours")


def _rule_against(actor: Actor, facts: TaskFacts) -> str | None:
    """The rule of separation of duties that keeps the real person out."""
    if actor.id is None:
        return None
    if actor.id in facts.excluded:
        return facts.excluded[actor.id]
    if facts.signs:
        return sod_01(actor.id, facts.requester_id, facts.beneficiary_id)
    return None


def _would_reach(actor: Actor, facts: TaskFacts) -> bool:
    """Whether the task would come to the actor but for a rule: excluded by name, or by the inbox it lies in."""
    if actor.id in facts.excluded and facts.queue is None:
        return True
    return _is_candidate(actor, facts) or facts.role in actor.roles


def _is_candidate(actor: Actor, facts: TaskFacts) -> bool:
    if facts.queue is not None:
        held = facts.assignee_id is not None and facts.assignee_id == actor.id
        return held or facts.queue in actor.queues or bool(facts.candidates & set(actor.hands))
    named = (actor.id,) if facts.signs else actor.hands
    return any(person in facts.candidates for person in named) or (
        not facts.signs and facts.assignee_id is not None and facts.assignee_id == actor.id
    )


def _must_be_free(actor: Actor, facts: TaskFacts, verb: Verb) -> None:
    if facts.state == "TERMINEE":
        raise Conflict("task.done")
    if facts.state == "ANNULEE":
        raise Conflict("task.withdrawn")
    if verb is Verb.COMMENT:
        return
    if facts.state == "RETOURNEE":
        raise Conflict("task.returned")
    taken = facts.state == "PRISE_EN_CHARGE" and facts.assignee_id is not None
    mine = (actor.id,) if facts.signs else actor.hands
    if taken and facts.assignee_id not in mine:
        raise Conflict("task.claimed", by=facts.assignee)


def _may_release(actor: Actor, facts: TaskFacts) -> None:
    _must_reach(actor, facts)
    _must_be_free(actor, facts, Verb.RELEASE)
    if facts.state != "PRISE_EN_CHARGE":
        raise Conflict("task.not_claimed")


def _may_assign(actor: Actor, facts: TaskFacts) -> None:
    """The holder hands a task on; the role's supervisor may too, but not who leaves, in their own departure.

    A task of EMPLO is never reassigned.
    """
    if facts.role == "EMPLO":
        if not facts.visible:
            raise Missing("task.unknown")
        raise Forbidden("task.never_reassigned")
    if actor.id is not None and facts.excluded.get(actor.id) == LEAVES:
        raise Forbidden(f"sod.{LEAVES}", rule=LEAVES)
    supervises = bool(SUPERVISORS.get(facts.role, frozenset()) & actor.roles) or (
        facts.role in HEADED_BY_UNIT and facts.unit_of_assignee in actor.units and "GEST" in actor.roles
    )
    if not supervises:
        _must_reach(actor, facts)
        _must_be_free(actor, facts, Verb.ASSIGN)
    elif facts.state in ("TERMINEE", "ANNULEE", "RETOURNEE"):
        _must_be_free(actor, facts, Verb.CLAIM)
