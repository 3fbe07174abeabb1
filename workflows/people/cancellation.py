"""Who may put an end to a running case: a pure question, deny by default, asked by every door."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from workflows.desk import Actor, ActorKind
from workflows.errors import Forbidden
from workflows.people.visibility import SCOPED

REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class CancelFacts:
    """What the right to cancel depends on.

    ``allowed``: roles that may now, ``requester`` standing for whoever asked. ``superior``: the beneficiary's superior,
    or who stands in. ``units``: those that the case concerns. ``queues``: by role, the inbox that the case's own
    tasks of that role lie in.
    """

    organisation_id: UUID
    requester_id: UUID | None
    superior_id: UUID | None
    allowed: frozenset[str]
    units: frozenset[UUID] = frozenset()
    queues: tuple[str, ...] = ()


def may_cancel(actor: Actor, facts: CancelFacts, *, refuse: bool = False) -> bool:
    """Whether an actor may put an end to a case now; ``refuse`` raises instead of telling."""
    fine = actor.kind is ActorKind.PERSON and actor.organisation_id == facts.organisation_id and _entitled(actor, facts)
    if refuse and not fine:
        raise Forbidden("case.cancel_not_yours")
    return fine


def _entitled(actor: Actor, facts: CancelFacts) -> bool:
    if REQUESTER in facts.allowed and actor.id is not None and actor.id == facts.requester_id:
        return True
    scoped = facts.allowed & SCOPED
    if scoped and facts.superior_id is not None and facts.superior_id in actor.hands:
        return True
    if scoped & actor.roles and actor.units & facts.units:
        return True
    return bool(set(actor.queues) & set(facts.queues))
